package se.samsyn.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;

/** Measures something in turns with the bare signatures of OpenSSL, both by the processor's time. */
final class BesideOpenssl {
    private final BenchPlan plan;
    private final OpensslSpeed openssl;

    BesideOpenssl(BenchPlan plan, String openssl) {
        this.plan = plan;
        this.openssl = new OpensslSpeed(openssl);
    }

    /**
     * Measures; without OpenSSL, what there is without it.
     *
     * @param what is measured, as the row is called
     * @param goal of the ratio, if there is one
     * @param perSecond measures for so many nanoseconds of processor time
     */
    BenchReport measure(String name, String setting, String what, Optional<String> goal, LongToDoubleFunction perSecond)
            throws InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        Optional<String> missing = Optional.empty();
        String version = "";
        try {
            version = openssl.version();
        } catch (OpensslSpeed.NotThereException e) {
            missing = Optional.of(ratioMissing(e));
        }
        var unused = perSecond.applyAsDouble(plan.nanos()); // until it is compiled
        for (int round = 0; round < plan.rounds(); round++) {
            double our = perSecond.applyAsDouble(plan.nanos());
            ours.add(our);
            if (missing.isEmpty()) {
                try {
                    double their = openssl.verifiesPerSecond(plan.seconds());
                    theirs.add(their);
                    ratios.add(our / their);
                } catch (OpensslSpeed.NotThereException e) {
                    missing = Optional.of(ratioMissing(e));
                }
            }
        }
        List<Measured> rows = new ArrayList<>();
        rows.add(Measured.of(what, Measured.PER_SECOND, Spread.of(ours)));
        if (missing.isEmpty()) {
            rows.add(Measured.of("openssl speed ed25519, verify", Measured.PER_SECOND, Spread.of(theirs)));
            Measured ratio = Measured.of("statements / openssl", Measured.RATIO, Spread.of(ratios));
            rows.add(goal.map(ratio::withGoal).orElse(ratio));
        }
        String whole = String.format(
                Locale.ROOT, "%s, by processor time; %s", setting, missing.isEmpty() ? version : "no OpenSSL");
        return new BenchReport(name, whole, rows, missing);
    }

    private static String ratioMissing(OpensslSpeed.NotThereException e) {
        return "no ratio: " + e.getMessage() + "; install OpenSSL 1.1.1 or newer and put it on the PATH";
    }
}
