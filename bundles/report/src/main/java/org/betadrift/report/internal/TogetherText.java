package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.filter.StatePath;
import org.betadrift.run.ExposureRun;

/** How the exposures of several assets go together on the last date: what one tells of another, factor by factor. */
final class TogetherText {
    private final ExposureRun run;

    TogetherText(ExposureRun run) {
        this.run = run;
    }

    void write(Page page) {
        StatePath path = run.filter().filtered();
        List<StateBlocks.Block> shared = new StateBlocks(path.states()).shared();
        if (run.sample().targets().size() == 1 || shared.isEmpty() || path.dates().isEmpty() || !path.hasCovariances()) {
            return;
        }
        int last = path.dates().size() - 1;
        List<String> lines = new ArrayList<>();
        for (StateBlocks.Block block : shared) {
            Correlations correlations = block.of((i, j) -> path.covariance(last, i, j));
            if (!correlations.isDiagonal()) {
                lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
                lines.addAll(new CorrelationText(block.factor(), block.targets(), correlations).lines(Page.BODY));
            }
        }
        String knows = run.smoothed().isPresent() ? "filtered and smoothed, the same on the last date" : "filtered";
        page.heading("Exposures together on " + path.dates().get(last) + " (" + knows + ")").body(lines.isEmpty()
                ? List.of("Uncorrelated from asset to asset: as if each had been estimated alone.") : lines);
    }
}
