package org.betadrift.model;

/**
 * A Gaussian belief about the K states.
 *
 * @param mean K
 * @param covariance K x K
 */
public record GaussianState(Vector mean, Covariance covariance) {
    /** @throws InvalidInputException the dimensions differ */
    public GaussianState {
        if (mean.size() != covariance.dimension()) {
            throw InvalidInputException.of("size of the mean", mean.size(), "the covariance has dimension "
                    + covariance.dimension(), "pass the same number of states");
        }
    }
}
