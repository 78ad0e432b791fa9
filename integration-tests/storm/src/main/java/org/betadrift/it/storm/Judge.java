package org.betadrift.it.storm;

import java.util.LinkedHashMap;
import java.util.Map;
import org.betadrift.it.storm.Load.Outcome;
import org.betadrift.run.Provenance;
import org.betadrift.run.StrategyInfo;
import org.betadrift.run.StrategyNotFoundException;

/** Whether what came of a run may be: its makers were there, its numbers are theirs, what it missed was missing. */
public final class Judge {
    private final Presence presence;
    private final Cases cases;
    private int runs;
    private int notFound;

    /** @param presence kept by the operator; @param cases of all that it configures */
    public Judge(Presence presence, Cases cases) {
        this.presence = presence;
        this.cases = cases;
    }

    /** How many gave a result. */
    public int runs() {
        return runs;
    }

    /** How many ended with a StrategyNotFoundException, rightly. */
    public int notFound() {
        return notFound;
    }

    /** @throws AssertionError it may not be */
    public void judge(Outcome outcome) {
        if (outcome.failure() instanceof StrategyNotFoundException e) {
            require(presence.mayHaveBeenMissing(e.role(), e.name(), outcome.from(), outcome.to()), "was there all the time", e);
            notFound++;
        } else if (outcome.failure() != null) {
            throw new AssertionError("a run failed: " + outcome.recipe().stateNoise().orElseThrow(), outcome.failure());
        } else {
            outcome.provenance().forEach(part -> judge(part, outcome));
            require(outcome.logLikelihood() == cases.logLikelihood(outcome.recipe(), outcome.provenance()),
                    "is not the number of " + outcome.provenance(), outcome.logLikelihood());
            runs++;
        }
    }

    private void judge(Provenance part, Outcome outcome) {
        StrategyInfo maker = part.strategy();
        require(presence.mayHaveServed(maker, outcome.from(), outcome.to()), "was not there when the run began", maker);
        require(presence.better(maker, outcome.from(), outcome.to()).isEmpty(), "served although there was a better one", maker);
        Map<String, String> configuration = new LinkedHashMap<>();
        maker.options().stream().filter(option -> option.contains("=")).map(option -> option.split("=", 2)).forEach(o -> configuration.put(o[0], o[1]));
        switch (maker.role()) {
            case "InitialStateEstimator" -> configuration.putAll(outcome.recipe().initial().options());
            case "ObservationNoiseEstimator" -> configuration.putAll(outcome.recipe().observationNoise().orElseThrow().options());
            case "StateNoiseEstimator" -> configuration.putAll(outcome.recipe().stateNoise().orElseThrow().options());
            default -> { }
        }
        require(part.configuration().equals(configuration), "ran with " + part.configuration() + ", not as configured", maker);
    }

    private static void require(boolean right, String what, Object whom) {
        if (!right) {
            throw whom instanceof Throwable e ? new AssertionError(e.getMessage() + ": but it " + what, e) : new AssertionError(whom + " " + what);
        }
    }
}
