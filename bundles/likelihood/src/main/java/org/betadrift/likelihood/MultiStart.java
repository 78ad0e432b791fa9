package org.betadrift.likelihood;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.NumericalException;

/** Climbs from every start, tells the local maxima apart, and has the best one certified. */
final class MultiStart implements Maximiser {
    /** A variance this many times R: perhaps R is what is zero. */
    private static final double SUSPICIOUS = 1e4;
    /** Climbs that end this near to each other have reached the same maximum. */
    private static final double SAME = 1e-5;

    private final Climb climb;

    MultiStart(Climb climb) {
        this.climb = climb;
    }

    @Override
    public Maximum maximise(Likelihood likelihood, Search search, Monitor monitor) {
        Watch watch = new Watch(likelihood, monitor, search.evaluations());
        watch.says("looking for a place to start");
        watch.goesOn();
        List<String> profiles = search.profiles(likelihood.names());
        Objective f = Objective.of(likelihood);
        List<Peak> peaks = new ArrayList<>();
        boolean inBudget = true;
        for (Starts.Start start : Starts.of(f, search, watch)) {
            watch.says("maximising the likelihood from " + start.name());
            if (!peaks.isEmpty() && !watch.goesOn()) {
                inBudget = false;
                break;
            }
            Peak peak = climbFrom(f, start, watch);
            if (!join(peaks, peak)) {
                peak = lookAboveZero(f, peak, watch);
                if (!join(peaks, peak)) {
                    peaks.add(peak);
                }
            }
            inBudget &= peak.inBudget();
        }
        if (peaks.isEmpty() || peaks.stream().allMatch(p -> p.value() == Double.NEGATIVE_INFINITY)) {
            throw new NumericalException(null, "the log-likelihood", Double.NaN,
                    "it has no value at any start, scale the data or give another initial state");
        }
        peaks.sort(Comparator.comparingDouble(Peak::value).reversed());
        watch.says("checking the maximum");
        Certificate certificate = Certificate.of(f, peaks.get(0).theta(), watch);
        peaks.set(0, peaks.get(0).at(certificate.theta(), certificate.value()));
        return new Maximum(certificate.theta(), certificate.value(),
                new Findings(likelihood, certificate, peaks, inBudget).record(Profiles.of(likelihood, certificate, profiles, watch)));
    }

    /**
     * A variance at zero whose multiplier is negative may still have a better place away from zero: where the likelihood rises again
     * along its axis the climb goes on. So it does under exact constraints where it rises with several together. Cheap where it doesn't.
     */
    private Peak lookAboveZero(Objective f, Peak from, Watch watch) {
        Peak best = from;
        for (int round = 0; round < f.size() && best.inBudget(); round++) {
            Peak higher = higher(f, Starts.aboveZero(f, best.theta()), best, watch);
            if (higher == null && f.likelihood().hasExactConstraint()) {
                higher = higher(f, Starts.aboveZeroTogether(f, best.theta()), best, watch);
            }
            if (higher == null) {
                break;
            }
            best = higher;
        }
        return best;
    }

    /** @return null where there is no rise, or it leads to nothing higher */
    private Peak higher(Objective f, Starts.Start rise, Peak than, Watch watch) {
        Peak peak = rise == null ? null : climbFrom(f, rise, watch);
        return peak == null || peak.value() < than.value() + SAME ? null : new Peak(peak.theta(), peak.value(), than.starts(), peak.inBudget());
    }

    /** When a state moves so much more than R that R may be what is zero, the climb goes on with R as an ordinary variance. */
    private Peak climbFrom(Objective f, Starts.Start start, Watch watch) {
        Optimum end = climb.from(f, start.u(), start.inverse(), watch);
        double[] theta = f.theta(end.u());
        int largest = -1;
        for (int i = 0; i < f.size(); i++) {
            largest = f.isVariance(i) && end.u()[i] > SUSPICIOUS && (largest < 0 || end.u()[i] > end.u()[largest]) ? i : largest;
        }
        if (f.numeraire() >= 0 && largest >= 0) {
            Objective other = f.withNumeraire(largest);
            Optimum again = climb.from(other, other.coordinates(theta), null, watch);
            if (again.value() >= end.value()) {
                end = again;
                theta = other.theta(again.u());
            }
        }
        return new Peak(theta, end.value(), Set.of(start.name()), end.inBudget());
    }

    /** @return whether it is one of them */
    private static boolean join(List<Peak> peaks, Peak peak) {
        for (int i = 0; i < peaks.size(); i++) {
            if (Math.abs(peaks.get(i).value() - peak.value()) < SAME) {
                peaks.set(i, peaks.get(i).with(peak));
                return true;
            }
        }
        return false;
    }
}
