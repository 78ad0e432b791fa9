package org.betadrift.filter.internal;

import java.util.ArrayList;
import java.util.List;
import org.betadrift.filter.FilterOptions;
import org.betadrift.filter.FilterResult;
import org.betadrift.filter.Monitor;
import org.betadrift.filter.Retain;
import org.betadrift.filter.StatePath;
import org.betadrift.model.Covariance;
import org.betadrift.model.InitialState;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Matrix;
import org.betadrift.model.Noise;
import org.betadrift.model.StateConstraint;
import org.betadrift.model.StateSpaceModel;
import org.betadrift.model.Transition;
import org.betadrift.model.Vector;

/** What goes on after the last date of a pass: its filtered states as a start, and T, c, Q, R and the constraints as they were on it. */
final class LastDate {
    private LastDate() { }

    /** The model of the dates after, which starts from (beta_n-1|n-1, P_n-1|n-1); from (beta_0|0, P_0|0) when there are no dates. */
    static StateSpaceModel goOn(FilterResult filter) {
        StateSpaceModel model = filter.model();
        int last = Math.max(0, filter.sample().periods() - 1);
        Matrix t = model.transition().matrix(last);
        return StateSpaceModel.of(model.states(), states(filter), Transition.fixed(t).withConstant(model.transition().constant()),
                stateNoise(filter, last), Noise.constant(model.observationNoise().at(last)))
                .withConstraints(model.constraints().stream().map(row -> constraint(row, last)).toList());
    }

    private static StateConstraint constraint(StateConstraint row, int last) {
        double[] weights = new double[row.dimension()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = row.weight(last, i);
        }
        return StateConstraint.of(row.expression(), row.relation(), Vector.of(weights), row.value(last), row.tolerance());
    }

    /** With a discount constant however far ahead, so that steps further than one forget no faster: West and Harrison (1997), 6.3. */
    private static Noise stateNoise(FilterResult filter, int last) {
        if (filter.model().stateNoise().discount().isEmpty()) {
            return Noise.constant(filter.model().stateNoise().at(last));
        }
        return Noise.constant(withCovariances(filter).nextStateNoise());
    }

    /** The same pass, made again when it kept no covariance of the last date. */
    private static FilterResult withCovariances(FilterResult filter) {
        return filter.filtered().hasCovariances() ? filter
                : UdEngine.filter(filter.model(), filter.sample(), FilterOptions.defaults().withRetain(Retain.FINAL), Monitor.NONE, List.of());
    }

    /** What {@link #goOn} had to assume: sentences. */
    static List<String> assumptions(FilterResult filter) {
        StateSpaceModel model = filter.model();
        List<String> varying = new ArrayList<>();
        if (!model.transition().isConstant()) {
            varying.add("the transition T");
        }
        if (!model.stateNoise().isConstant()) {
            varying.add("the state noise Q");
        }
        if (!model.observationNoise().isConstant()) {
            varying.add("the observation noise R");
        }
        model.constraints().stream().filter(row -> row.periods() > 0).map(row -> "the constraint " + row).distinct().forEach(varying::add);
        if (varying.isEmpty()) {
            return List.of();
        }
        int n = filter.sample().periods();
        return List.of(String.join(" and ", varying) + (varying.size() == 1 ? " varies: it is" : " vary: they are")
                + " carried on as on the last date" + (n == 0 ? "" : ", " + filter.sample().date(n - 1)));
    }

    private static InitialState states(FilterResult filter) {
        if (filter.sample().periods() == 0) {
            InitialState start = filter.model().initial();
            for (int i = 0; i < start.dimension(); i++) {
                requireFinite(filter, i, start.isDiffuse(i) ? Double.NaN : 0);
            }
            return start;
        }
        StatePath path = withCovariances(filter).filtered();
        int k = path.states().count();
        int last = path.dates().size() - 1;
        double[] mean = new double[k];
        double[] packed = new double[Covariance.size(k)];
        for (int i = 0; i < k; i++) {
            mean[i] = path.mean(last, i);
            requireFinite(filter, i, mean[i] + path.covariance(last, i, i));
            for (int j = 0; j <= i; j++) {
                packed[Covariance.index(i, j)] = path.covariance(last, i, j);
            }
        }
        return InitialState.known(Vector.of(mean), covariance(k, packed));
    }

    private static Covariance covariance(int k, double[] packed) {
        try {
            return Covariance.ofPacked(k, packed);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("the covariance of the last filtered states is none: " + e.getMessage() + "; or filter with the engine ud");
        }
    }

    private static void requireFinite(FilterResult filter, int state, double value) {
        if (!Double.isFinite(value)) {
            throw InvalidInputException.of("variance of state " + filter.model().states().names().get(state) + " on the last date", "infinite",
                    "the start is diffuse and y never tells of it", "give it a known start or leave out a factor");
        }
    }
}
