package org.betadrift.runtime.internal;

import java.util.List;
import org.betadrift.data.PanelReader;
import org.betadrift.diagnostic.Diagnostic;
import org.betadrift.estimation.InitialStateEstimator;
import org.betadrift.estimation.ObservationNoiseEstimator;
import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.filter.FilterEngine;
import org.betadrift.model.ReturnPanel;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.ExposureRun;
import org.betadrift.run.ExposureService;
import org.betadrift.run.Recipe;
import org.betadrift.run.StrategyInfo;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The service over whatever strategies the registry holds. Every reference is dynamic, greedy and optional, so it never
 * goes away because a strategy did. Readers and renderers are known only to be listed.
 */
@Component
public final class RegistryExposureService implements ExposureService {
    private final Registry registry = new Registry();

    @Override
    public ExposureRun run(Recipe recipe, ReturnPanel panel) {
        try (Parts parts = new Parts(recipe, registry)) {
            return new Pipeline(recipe, recipe.sample(panel), parts).run();
        }
    }

    @Override
    public List<StrategyInfo> strategies() {
        return registry.strategies();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addInitialStateEstimator(ServiceReference<InitialStateEstimator> reference, ComponentServiceObjects<InitialStateEstimator> objects) {
        registry.add(InitialStateEstimator.class, reference, objects);
    }

    void removeInitialStateEstimator(ServiceReference<InitialStateEstimator> reference) {
        registry.remove(InitialStateEstimator.class, reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addObservationNoiseEstimator(ServiceReference<ObservationNoiseEstimator> reference, ComponentServiceObjects<ObservationNoiseEstimator> objects) {
        registry.add(ObservationNoiseEstimator.class, reference, objects);
    }

    void removeObservationNoiseEstimator(ServiceReference<ObservationNoiseEstimator> reference) {
        registry.remove(ObservationNoiseEstimator.class, reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addStateNoiseEstimator(ServiceReference<StateNoiseEstimator> reference, ComponentServiceObjects<StateNoiseEstimator> objects) {
        registry.add(StateNoiseEstimator.class, reference, objects);
    }

    void removeStateNoiseEstimator(ServiceReference<StateNoiseEstimator> reference) {
        registry.remove(StateNoiseEstimator.class, reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addFilterEngine(ServiceReference<FilterEngine> reference, ComponentServiceObjects<FilterEngine> objects) {
        registry.add(FilterEngine.class, reference, objects);
    }

    void removeFilterEngine(ServiceReference<FilterEngine> reference) {
        registry.remove(FilterEngine.class, reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addDiagnostic(ServiceReference<Diagnostic> reference, ComponentServiceObjects<Diagnostic> objects) {
        registry.add(Diagnostic.class, reference, objects);
    }

    void removeDiagnostic(ServiceReference<Diagnostic> reference) {
        registry.remove(Diagnostic.class, reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addReportRenderer(ServiceReference<ReportRenderer> reference, ComponentServiceObjects<ReportRenderer> objects) {
        registry.add(ReportRenderer.class, reference, objects);
    }

    void removeReportRenderer(ServiceReference<ReportRenderer> reference) {
        registry.remove(ReportRenderer.class, reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addPanelReader(ServiceReference<PanelReader> reference, ComponentServiceObjects<PanelReader> objects) {
        registry.add(PanelReader.class, reference, objects);
    }

    void removePanelReader(ServiceReference<PanelReader> reference) {
        registry.remove(PanelReader.class, reference);
    }
}
