package org.betadrift.it.swap;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.betadrift.data.Frequency;
import org.betadrift.data.PanelReader;
import org.betadrift.data.PanelRequest;
import org.betadrift.model.ReturnPanel;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyNotFoundException;
import org.osgi.util.tracker.ServiceTracker;

/** Through the ExposureService, by the api's types. */
final class ServiceProbe implements Probe {
    private static final Recipe RECIPE = Recipe.builder().target("FUND", "PREF", "CONV")
            .initial("ols").stateNoise("factor-vol").observationNoise("ols").build();
    private final ServiceTracker<ExposureService, ExposureService> service;
    private final ReturnPanel panel;
    private final Set<String> everything;

    /** Now everything is there. */
    ServiceProbe(Container container) throws Exception {
        service = new ServiceTracker<>(container.context(), ExposureService.class, null);
        service.open();
        panel = container.service(PanelReader.class, "(betadrift.name=csv)").read(PanelRequest.of(
                List.of(Path.of(System.getProperty("betadrift.distribution"), "example", "returns.csv"))).withFrequency(Frequency.WEEKLY));
        everything = names(service.getService());
    }

    @Override
    public String ask() {
        ExposureService exposures = service.getService();
        if (exposures == null) {
            return "no ExposureService";
        }
        try {
            double answer = exposures.run(RECIPE, panel).filter().logLikelihood();
            Set<String> missing = new TreeSet<>(everything);
            missing.removeAll(names(exposures));
            return ANSWERED + answer + (missing.isEmpty() ? "" : " without " + missing);
        } catch (StrategyNotFoundException e) {
            return e.getMessage();
        }
    }

    private static Set<String> names(ExposureService exposures) {
        return exposures.strategies().stream().map(s -> s.role() + " " + s.name()).collect(Collectors.toSet());
    }
}
