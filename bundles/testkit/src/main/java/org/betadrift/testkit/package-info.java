/**
 * For tests of strategies: the contract of each role as an abstract test class, random cases with the laws that hold of them,
 * reference cases with their numbers, and the shared folder. A plain jar in no feature.
 *
 * <p>A contract test extends the contract of its role and returns the strategy; it overrides what the strategy says of
 * itself: its options, whether it takes several targets or gaps, which {@link org.betadrift.testkit.ScaleLaw} it follows.
 */
package org.betadrift.testkit;
