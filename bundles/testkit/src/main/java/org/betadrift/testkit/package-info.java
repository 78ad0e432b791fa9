/** Fixtures for tests: reference cases with their numbers, and the shared folder. A plain jar in no feature. */
package org.betadrift.testkit;
