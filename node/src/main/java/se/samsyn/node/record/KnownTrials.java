package se.samsyn.node.record;

/** What a node knows of trials, for records that name one. */
interface KnownTrials {
    /** Takes every number for known: for documentation. */
    KnownTrials ANY = new KnownTrials() {
        @Override
        public boolean isFiledUnder(String number) {
            return true;
        }

        @Override
        public boolean has(String number) {
            return true;
        }
    };

    /** Whether a trial is filed under that number at this node. */
    boolean isFiledUnder(String number);

    /** Whether a trial of this node has that registry number, filed under it or not. */
    boolean has(String number);
}
