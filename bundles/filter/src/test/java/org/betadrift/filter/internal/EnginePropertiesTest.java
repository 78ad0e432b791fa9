package org.betadrift.filter.internal;

import java.util.List;
import org.betadrift.filter.FilterEngine;
import org.betadrift.filter.Smoother;
import org.betadrift.testkit.FilterProperties;

class EnginePropertiesTest extends FilterProperties {
    @Override
    protected List<FilterEngine> engines() {
        return List.of(new UdEngine(), new CovarianceEngine());
    }

    @Override
    protected Smoother smoother() {
        return new FixedIntervalSmoother();
    }
}
