package se.samsyn.node.history;

import java.util.SplittableRandom;

/**
 * What kind of history a seed gives.
 *
 * @param members how many
 * @param postQuantum whether logs sign with ML-DSA as well
 * @param absent members that leave for good in its course
 * @param liars members that lie, at most one
 * @param steps operations
 * @param restores whether disks are lost and stores put back: who was away keeps a restored node from signing, as it must ask all
 */
record Plan(int members, boolean postQuantum, int absent, int liars, int steps, boolean restores) {
    private static final int[] SIZES = {
        4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 7, 7, 7, 8, 10
    };
    private static final int MIN_STEPS = 25;
    private static final int MAX_STEPS = 60;

    static Plan of(SplittableRandom random) {
        int members = SIZES[random.nextInt(SIZES.length)];
        boolean postQuantum = random.nextInt(8) == 0;
        int tolerated = tolerated(members);
        int liars = random.nextInt(3) == 0 ? 1 : 0;
        boolean beyond = random.nextInt(4) == 0;
        int room = Math.max(0, tolerated - liars);
        int absent = beyond ? room + 1 + random.nextInt(2) : random.nextInt(room + 1);
        int steps = random.nextInt(MIN_STEPS, MAX_STEPS);
        return new Plan(
                members,
                postQuantum,
                Math.min(absent, members - 2 - liars),
                liars,
                steps,
                beyond || absent + liars == 0);
    }

    /** How many of the others a log can do without (DESIGN section 5). */
    static int tolerated(int members) {
        int others = members - 1;
        return others - (2 * others / 3 + 1);
    }

    /** Whether those that stay can do all their work without those that leave or lie. */
    boolean isTolerated() {
        return absent + liars <= tolerated(members);
    }
}
