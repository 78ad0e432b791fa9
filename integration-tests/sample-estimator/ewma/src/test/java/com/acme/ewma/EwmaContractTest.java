package com.acme.ewma;

import org.betadrift.estimation.StateNoiseEstimator;
import org.betadrift.testkit.ScaleLaw;
import org.betadrift.testkit.StateNoiseContract;

class EwmaContractTest extends StateNoiseContract {
    @Override protected StateNoiseEstimator strategy() { return new EwmaStateNoise(); }
    @Override protected String[] options() { return new String[] {"lambda=0.94"}; }
    @Override protected ScaleLaw byTarget() { return ScaleLaw.power(0); } // it looks at the factors alone
    @Override protected ScaleLaw byFactor() { return ScaleLaw.power(1); } // variances of returns stand for those of exposures
}
