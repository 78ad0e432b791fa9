package org.betadrift.data.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of every strategy of this bundle, under the PID that is its component name. */
@ObjectClassDefinition(name = "betadrift strategy", description = "Which of several strategies of one name serves")
@interface Ranking {
    /** {@code service.ranking}. */
    @AttributeDefinition(name = "Ranking", description = "Of strategies with the same role and name the one with the highest ranking serves")
    int service_ranking() default 0;
}
