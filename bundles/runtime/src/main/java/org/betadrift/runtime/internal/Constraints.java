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

    /** @throws InvalidInputException an unknown name, a weight that is no number, rows that contradict each other, or an inequality */
    static List<StateConstraint> of(Recipe recipe, Sample sample) {
        List<StateConstraint> rows = recipe.constraintRows(sample);
        for (StateConstraint row : rows) {
            if (!row.isEquality()) {
                throw InvalidInputException.of("constraint " + row, "an inequality", "a filter's exposures are normal, without limits",
                        "take it out, or write an equality");
            }
        }
        ConstraintSystem.of(rows, sample.dates());
        return rows;
    }
}
