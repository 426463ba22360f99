package se.samsyn.node;

/** Rows of a cost-item file: one item a person, spread over three trials so that none dominates. */
public final class Costs {
    private static final int TRIALS = 3;
    private static final int AMOUNT_ORE = 120_000;

    private final StringBuilder csv =
            new StringBuilder("item_id,trial_id,participant,home_region,study_region,date,category,amount_ore\n");
    private final String studyRegion;

    private Costs(String studyRegion) {
        this.studyRegion = studyRegion;
    }

    public static Costs in(String studyRegion) {
        return new Costs(studyRegion);
    }

    /** Persons numbered from {@code first} with one item each on a day. */
    public Costs persons(int first, int count, String homeRegion, String day) {
        for (int person = first; person < first + count; person++) {
            String participant = "P-" + homeRegion + "-" + person;
            csv.append("I-" + day + "-" + participant + ",2018-00123" + (person % TRIALS) + "-12,")
                    .append(participant + "," + homeRegion + "," + studyRegion + "," + day + ",visit," + AMOUNT_ORE
                            + "\n");
        }
        return this;
    }

    public String csv() {
        return csv.toString();
    }
}
