package org.betadrift.runtime.internal;

import java.util.List;
import org.betadrift.model.ConstraintSystem;
import org.betadrift.model.InvalidInputException;
import org.betadrift.model.Sample;
import org.betadrift.model.StateConstraint;
import org.betadrift.run.Recipe;

/** A recipe's constraints in the numbers of a sample, checked before anything is estimated. */
final class Constraints {
    private Constraints() { }

    /**
     * Those that estimators, filter and smoother keep: their exposures are normal, without limits.
     *
     * @throws InvalidInputException an unknown name, a weight that is no number, or rows that contradict each other
     */
    static List<StateConstraint> equalities(Recipe recipe, Sample sample) {
        List<StateConstraint> rows = all(recipe, sample).stream().filter(StateConstraint::isEquality).toList();
        ConstraintSystem.of(rows, sample.dates());
        return rows;
    }

    /** Those that the path keeps, in the order written. @throws InvalidInputException an unknown name, or a weight that is no number */
    static List<StateConstraint> all(Recipe recipe, Sample sample) {
        return recipe.constraintRows(sample);
    }
}
