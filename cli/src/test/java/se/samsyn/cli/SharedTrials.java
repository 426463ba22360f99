package se.samsyn.cli;

import static org.assertj.core.api.Assertions.fail;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;

/**
 * The collected real trials that the demo's are facts from, where they lie beside the project: {@code samsyn.shared}, by default
 * {@code ../../shared}. Where they do not, the calling test is skipped, or fails with {@code SAMSYN_REQUIRE_SHARED=true}.
 */
final class SharedTrials {
    private static final Path FOLDER = Path.of(System.getProperty("samsyn.shared", "../../shared"), "data", "trials");
    private static final boolean REQUIRED = "true".equals(System.getenv("SAMSYN_REQUIRE_SHARED"));

    private SharedTrials() {}

    /** By number: start, phase and status, and the counties of the lead institution and of the register's own list of sites. */
    static Map<String, Set<String>> facts() throws IOException {
        Map<String, Set<String>> counties = new TreeMap<>();
        for (NamedCsvRecord site : SecondCount.records(file("ctgov_sites_sweden.csv"))) {
            counties.computeIfAbsent(site.getField("nct_id"), id -> new TreeSet<>())
                    .add(site.getField("lan_code"));
        }
        Map<String, Set<String>> said = new TreeMap<>();
        for (NamedCsvRecord trial : SecondCount.records(file("swedish_trials_core.csv"))) {
            String id = trial.getField("trial_id");
            Set<String> all = new TreeSet<>(counties.getOrDefault(id, Set.of()));
            if (!trial.getField("lan_code").isEmpty()) {
                all.add(trial.getField("lan_code"));
            }
            said.put(id, new TreeSet<>(Set.of(SecondCount.fact(trial), "in " + all)));
        }
        return said;
    }

    private static Path file(String name) {
        Path file = FOLDER.resolve(name);
        if (!Files.exists(file)) {
            String message = "skipped: there is no " + file + " (set -Dsamsyn.shared=FOLDER to run this test)";
            if (REQUIRED) {
                fail(message);
            }
            Assumptions.abort(message);
        }
        return file;
    }
}
