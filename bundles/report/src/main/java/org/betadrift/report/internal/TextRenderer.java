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

/** A run for a person at a terminal. */
@Component(name = "org.betadrift.renderer.text")
@Designate(ocd = Ranking.class)
@Strategy(name = "text", description = "a page for people: who made it, the model, tables, paths, warnings", multivariate = true)
public final class TextRenderer implements ReportRenderer {
    private final String version;

    /** @param context of this bundle, whose version the page names */
    @Activate
    public TextRenderer(BundleContext context) {
        this(BundleVersion.of(context));
    }

    TextRenderer(String version) {
        this.version = version;
    }

    @Override
    public void render(ExposureRun run, RenderOptions options, OutputStream out) throws IOException {
        out.write(new TextReport(run, version).write(options.title()).utf8());
        out.flush();
    }
}
