package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.ConvergenceRecord.Mode;
import org.betadrift.estimation.ConvergenceRecord.Parameter;
import org.betadrift.estimation.ConvergenceRecord.Profile;

/** How a maximisation went: the verdict, then what it found, then the evidence. */
final class EstimationText {
    private final ConvergenceRecord record;

    EstimationText(ConvergenceRecord record) {
        this.record = record;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(sentence(record.verdict()));
        if (!record.suggestion().isEmpty()) {
            lines.addAll(sentence(record.suggestion()));
        }
        block(lines, parameters());
        block(lines, modes());
        block(lines, profiles());
        block(lines, evidence());
        return lines;
    }

    private static List<String> sentence(String text) {
        return Words.wrap(List.of(text.strip().split("\\s+")), " ", Page.BODY);
    }

    private static void block(List<String> lines, List<String> block) {
        if (!block.isEmpty()) {
            lines.add("");
            lines.addAll(block);
        }
    }

    /** With the values at the other modes, as far as there is room. */
    private List<String> parameters() {
        if (record.parameters().isEmpty()) {
            return List.of();
        }
        int others = Math.max(0, record.modes().size() - 1);
        while (others > 0 && parameters(others).width() > Page.BODY) {
            others--;
        }
        return parameters(others).lines();
    }

    private TextTable parameters(int others) {
        TextTable text = new TextTable().left("Parameter").right("Value").right("Standard error");
        for (int mode = 1; mode <= others; mode++) {
            text.right("At mode " + (mode + 1));
        }
        text.left("");
        for (int i = 0; i < record.parameters().size(); i++) {
            Parameter p = record.parameters().get(i);
            List<String> row = new ArrayList<>(List.of(p.name(), Numbers.significant(p.value()), Numbers.significant(p.standardError())));
            for (Mode mode : record.modes().subList(Math.min(1, record.modes().size()), others + Math.min(1, record.modes().size()))) {
                row.add(i < mode.parameters().size() ? Numbers.significant(mode.parameters().get(i)) : "-");
            }
            row.add(remark(p));
            text.row(row);
        }
        return text;
    }

    private static String remark(Parameter p) {
        List<String> words = new ArrayList<>();
        if (p.atZero()) {
            words.add("at zero" + (Double.isNaN(p.multiplier()) ? "" : ", multiplier " + Numbers.significant(p.multiplier())));
        }
        if (!p.standardErrorKind().isEmpty()) {
            words.add(p.standardErrorKind());
        }
        return String.join("; ", words);
    }

    private List<String> modes() {
        TextTable text = new TextTable().left("Mode").right("Log-likelihood").right("Below the best").left("Reached from");
        for (int i = 0; i < record.modes().size(); i++) {
            Mode mode = record.modes().get(i);
            List<String> starts = Words.wrap(mode.starts(), ", ", Page.BODY / 2);
            text.row(String.valueOf(i + 1), Numbers.decimals(mode.logLikelihood()),
                    Numbers.decimals(record.modes().get(0).logLikelihood() - mode.logLikelihood()), starts.get(0));
            starts.subList(1, starts.size()).forEach(line -> text.row("", "", "", line));
        }
        return record.modes().isEmpty() ? List.of() : text.lines();
    }

    private List<String> profiles() {
        TextTable text = new TextTable().left("Profile likelihood").right("95 % from").right("to");
        for (Profile profile : record.profiles()) {
            text.row(profile.name(), Numbers.significant(profile.lower()), Numbers.significant(profile.upper()));
        }
        return record.profiles().isEmpty() ? List.of() : text.lines();
    }

    private List<String> evidence() {
        TextTable text = new TextTable().left("").left("");
        text.row("Converged", record.converged() ? "yes" : "no");
        if (record.starts() > 0) {
            text.row("Starts", record.starts() + ", of which " + record.startsAgreeing() + " reached the best mode");
        }
        text.row("Evaluations", record.evaluations() + ", score: " + record.score());
        text.row("Gradient norm", Numbers.significant(record.gradientNorm()));
        text.row("Condition", Numbers.significant(record.condition()));
        return text.lines();
    }
}
