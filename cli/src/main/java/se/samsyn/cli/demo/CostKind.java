package se.samsyn.cli.demo;

import java.util.SplittableRandom;

/**
 * A category of synthetic items: how often it comes, of a hundred, and between which amounts in kronor. Invented,
 * like all of it.
 */
enum CostKind {
    VISIT("visit", 40, 1_500, 6_000),
    LABORATORY("laboratory", 20, 150, 2_500),
    DIAGNOSTICS("diagnostics", 14, 2_000, 14_000),
    TRAVEL("travel", 10, 100, 4_000),
    INPATIENT("inpatient", 8, 12_000, 45_000),
    STAFF("staff", 7, 500, 8_000),
    ATMP_HANDLING("atmp-handling", 1, 20_000, 60_000);

    private static final int HUNDRED = 100;
    private static final int ORE = 100;

    final String code;
    private final int share;
    private final int fromKronor;
    private final int toKronor;

    CostKind(String code, int share, int fromKronor, int toKronor) {
        this.code = code;
        this.share = share;
        this.fromKronor = fromKronor;
        this.toKronor = toKronor;
    }

    static CostKind draw(SplittableRandom random) {
        int ticket = random.nextInt(HUNDRED);
        for (CostKind kind : values()) {
            ticket -= kind.share;
            if (ticket < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the shares do not add up to " + HUNDRED);
    }

    long drawAmountOre(SplittableRandom random) {
        return (long) random.nextInt(fromKronor, toKronor + 1) * ORE;
    }
}
