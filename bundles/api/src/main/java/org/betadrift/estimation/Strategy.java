package org.betadrift.estimation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a strategy; put it beside {@code @Component}. Writes the service properties of {@link StrategyProperties}. A
 * strategy is any service a recipe picks by name: estimators, filter engines, diagnostics, renderers, readers.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Strategy {
    /** Read by Declarative Services: every property name below starts with it. */
    String PREFIX_ = "betadrift.";

    /** What a recipe asks for, e.g. {@code factor-vol}; the role is the interface. */
    String name();

    /** One sentence for a list. */
    String description() default "";

    /** Whether it CAN be causal; what a given result is, the result says. */
    boolean causal() default false;

    /** Whether it takes samples with several targets. */
    boolean multivariate() default false;

    /** {@code key=default}, or {@code key} for one without default. */
    String[] options() default {};
}
