package org.betadrift.report.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.ConvergenceRecord.Mode;
import org.betadrift.estimation.ConvergenceRecord.Parameter;
import org.betadrift.estimation.ConvergenceRecord.Profile;

/** How a maximisation went: the verdict, then what it found, then the evidence. */
final class EstimationText {
    private static final int NARROWEST_REMARK = 30;
    /** More parameters than these are not all shown. */
    private static final int MANY = 24;
    /** How many are shown then. */
    private static final int FIRST = 12;

    private final ConvergenceRecord record;

    EstimationText(ConvergenceRecord record) {
        this.record = record;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(wrapped(Words.sentence(record.verdict()), Page.BODY));
        if (!record.suggestion().isBlank()) {
            lines.addAll(wrapped(Words.sentence("Suggestion: " + record.suggestion()), Page.BODY));
        }
        record.notes().forEach(note -> lines.addAll(wrapped(Words.sentence(note), Page.BODY)));
        block(lines, parameters());
        block(lines, modes());
        block(lines, profiles());
        block(lines, evidence());
        return lines;
    }

    private static List<String> wrapped(String text, int width) {
        return Words.wrap(List.of(text.strip().split("\\s+")), " ", width);
    }

    private static void block(List<String> lines, List<String> block) {
        if (!block.isEmpty()) {
            lines.add("");
            lines.addAll(block);
        }
    }

    /** With the values at the other modes, as far as there is room for them and for a remark of some width. */
    private List<String> parameters() {
        if (record.parameters().isEmpty()) {
            return List.of();
        }
        int others = Math.max(0, record.modes().size() - 1);
        while (others > 0 && parameters(others, 0).width() + NARROWEST_REMARK > Page.BODY) {
            others--;
        }
        List<String> lines = new ArrayList<>(parameters(others, Math.max(NARROWEST_REMARK, Page.BODY - parameters(others, 0).width() - 2)).lines());
        int more = record.parameters().size() - shown();
        if (more > 0) {
            lines.addAll(wrapped("and " + Words.count(more, "parameter") + " more, of which " + atZero() + " at zero; the json report holds all.", Page.BODY));
        }
        return lines;
    }

    private String atZero() {
        long zeros = record.parameters().subList(shown(), record.parameters().size()).stream().filter(Parameter::atZero).count();
        return (zeros == 0 ? "none" : String.valueOf(zeros)) + (zeros == 1 || zeros == 0 ? " is" : " are");
    }

    private int shown() {
        return record.parameters().size() <= MANY ? record.parameters().size() : FIRST;
    }

    /** @param remark how wide a remark may be; 0 = there is none */
    private TextTable parameters(int others, int remark) {
        TextTable text = new TextTable().left("Parameter").right("Value").right("Standard error");
        for (int mode = 1; mode <= others; mode++) {
            text.right("At mode " + (mode + 1));
        }
        if (remark > 0) {
            text.left("");
        }
        for (int i = 0; i < shown(); i++) {
            Parameter p = record.parameters().get(i);
            List<String> row = new ArrayList<>(List.of(p.name(), Numbers.significant(p.value()), Numbers.significant(p.standardError())));
            for (int mode = 1; mode <= others; mode++) {
                List<Double> values = record.modes().get(mode).parameters();
                row.add(i < values.size() ? Numbers.significant(values.get(i)) : "-");
            }
            if (remark == 0) {
                text.row(row);
                continue;
            }
            for (String line : wrapped(remark(p), remark)) {
                row.add(line);
                text.row(row);
                row = new ArrayList<>(Collections.nCopies(row.size() - 1, "")); // of a remark that goes on
            }
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
        if (!record.method().isBlank()) {
            List<String> method = wrapped(record.method(), Page.BODY - "Gradient norm  ".length());
            text.row("Likelihood", method.get(0));
            method.subList(1, method.size()).forEach(line -> text.row("", line));
        }
        text.row("Evaluations", record.evaluations() + ", score: " + record.score());
        text.row("Gradient norm", Numbers.significant(record.gradientNorm()));
        text.row("Condition", Numbers.significant(record.condition()));
        return text.lines();
    }
}
