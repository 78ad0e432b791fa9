package org.betadrift.report.internal;

import java.io.IOException;
import java.io.OutputStream;
import org.betadrift.estimation.Strategy;
import org.betadrift.report.RenderOptions;
import org.betadrift.report.ReportRenderer;
import org.betadrift.run.ExposureRun;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** A run for programs: everything it holds, described by {@code estimate.schema.json}. The title is for people and left out. */
@Component(name = "org.betadrift.renderer.json")
@Designate(ocd = Ranking.class)
@Strategy(name = "json", description = "everything a run holds, for programs", multivariate = true)
public final class JsonRenderer implements ReportRenderer {
    private final String version;

    /** @param context of this bundle, whose version the document names */
    @Activate
    public JsonRenderer(BundleContext context) {
        this(BundleVersion.of(context));
    }

    JsonRenderer(String version) {
        this.version = version;
    }

    @Override
    public void render(ExposureRun run, RenderOptions options, OutputStream out) throws IOException {
        try (JsonOut json = JsonOut.to(out)) {
            new JsonDocument(run, json).write(version);
        }
    }
}
