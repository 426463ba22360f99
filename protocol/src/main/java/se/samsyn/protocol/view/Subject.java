package se.samsyn.protocol.view;

import se.samsyn.protocol.dataset.Period;

/** What a release is about: there is one live head in a log for each. */
record Subject(String dataset, Period period) {
    @Override
    public String toString() {
        return dataset + " " + period;
    }
}
