package org.betadrift.filter.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the engine that serves unless a run names another. */
@ObjectClassDefinition(name = "betadrift default engine", description = "Which engine serves a run that names none")
@interface FirstRanking {
    /** {@code service.ranking}. */
    @AttributeDefinition(name = "Ranking", description = "The engine with the highest ranking serves a run that names none")
    int service_ranking() default 100;
}
