package org.betadrift.report.internal;

import java.io.IOException;
import java.util.List;
import org.betadrift.estimation.ConvergenceRecord;
import org.betadrift.estimation.ConvergenceRecord.Mode;
import org.betadrift.estimation.ConvergenceRecord.Parameter;
import org.betadrift.estimation.ConvergenceRecord.Profile;

/** The block {@code estimation}. */
final class JsonEstimation {
    private final String strategy;
    private final ConvergenceRecord record;
    private final JsonOut out;

    /** @param strategy that maximised */
    JsonEstimation(String strategy, ConvergenceRecord record, JsonOut out) {
        this.strategy = strategy;
        this.record = record;
        this.out = out;
    }

    void write() throws IOException {
        out.text("strategy", strategy);
        out.flag("converged", record.converged());
        out.text("verdict", record.verdict());
        out.text("suggestion", record.suggestion());
        out.text("method", record.method());
        out.texts("notes", record.notes());
        out.integer("starts", record.starts());
        out.integer("startsAgreeing", record.startsAgreeing());
        out.integer("evaluations", record.evaluations());
        out.text("score", record.score().toString());
        out.number("gradientNorm", record.gradientNorm());
        out.number("condition", record.condition());
        out.texts("atZero", record.atZero());
        out.object("standardErrors", () -> {
            for (Parameter p : record.parameters()) {
                out.number(p.name(), p.standardError());
            }
        });
        out.array("parameters", () -> {
            for (Parameter p : record.parameters()) {
                out.object(() -> parameter(p));
            }
        });
        out.array("modes", () -> {
            for (Mode mode : record.modes()) {
                out.object(() -> mode(mode));
            }
        });
        out.array("profiles", () -> {
            for (Profile profile : record.profiles()) {
                out.object(() -> profile(profile));
            }
        });
    }

    private void parameter(Parameter p) throws IOException {
        out.text("name", p.name());
        out.number("value", p.value());
        out.number("standardError", p.standardError());
        out.text("standardErrorKind", p.standardErrorKind());
        out.flag("atZero", p.atZero());
        out.number("multiplier", p.multiplier());
    }

    private void mode(Mode mode) throws IOException {
        out.number("logLikelihood", mode.logLikelihood());
        numbers("parameters", mode.parameters());
        out.texts("starts", mode.starts());
    }

    private void profile(Profile profile) throws IOException {
        out.text("name", profile.name());
        numbers("values", profile.values());
        numbers("logLikelihoods", profile.logLikelihoods());
        out.number("lower", profile.lower());
        out.number("upper", profile.upper());
    }

    private void numbers(String key, List<Double> numbers) throws IOException {
        out.vector(key, numbers.size(), numbers::get);
    }
}
