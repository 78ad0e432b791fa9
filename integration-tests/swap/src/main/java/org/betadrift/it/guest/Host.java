package org.betadrift.it.guest;

import java.util.concurrent.Callable;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A host among bundles: each call submits a run of its own and waits for it. */
@Component(property = "betadrift.it=host")
public final class Host implements Callable<ExposureRun> {
    private static final Recipe RECIPE = Recipe.builder().target("y", "x1", "x2")
            .initial("ols").observationNoise("ols").stateNoise("factor-vol").build();
    private final ExposureService exposures;
    private final ReturnPanel panel;

    /** @param panel with y, x1 and x2 */
    @Activate
    public Host(@Reference ExposureService exposures, @Reference(target = "(betadrift.it=panel)") Callable<ReturnPanel> panel) throws Exception {
        this.exposures = exposures;
        this.panel = panel.call();
    }

    @Override
    public ExposureRun call() throws InterruptedException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(Host.class.getClassLoader()); // as hosts do; a thread that is made now inherits it
        try {
            return exposures.submit(RECIPE, panel).get();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
