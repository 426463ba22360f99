package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.cli.CommandsTest.assertRun;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.cli.demo.TestNetwork;
import se.samsyn.node.Json;

/** The commands that bring records to a running node and delete them, against a network of one and an agency. */
final class ImportCommandTest {
    private static final int REFUSED = 1;
    private static final int COULD_NOT_RUN = 2;

    @TempDir
    private static Path folder;

    private static TestNetwork network;

    @TempDir
    private Path files = Path.of("");

    @BeforeAll
    static void startNetwork() throws IOException {
        network = NodeCommandsTest.start(folder);
    }

    @AfterAll
    static void stopNetwork() {
        network.close();
    }

    @Test
    void saysWhichDatasetsWaitForAWordWhenNoRuleReleasesThem() throws IOException {
        Path grants = Files.writeString(
                files.resolve("grant.csv"), "grant_id,programme,year,amount_ore\nG-1,alf,2024,5\n", UTF_8);

        CommandRun run = on("sodra", "import", grants.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("waits for `samsyn release approve grants`");
        assertThat(on("sodra", "delete", "grant", "--key", "G-1", "--dry-run").out())
                .contains("grant: 1 would be deleted", "A dry run: nothing was deleted.");
        assertThat(on("sodra", "delete", "grant", "--key", "G-1", "--dry-run", "--format", "csv")
                        .out())
                .startsWith("record,deleted,undated,current,dataset,period,next")
                .contains("grant,1,0,0,,,");
        assertThat(on("sodra", "delete", "grant", "--key", "G-1", "--format", "json")
                        .out())
                .contains("\"deleted\" : 1");
    }

    @Test
    void saysWhatAnImportChangedAndWhatItDidNotUnderstand() throws IOException {
        Path again = Files.writeString(files.resolve("trial.csv"), NodeCommandsTest.TRIALS, UTF_8);

        CommandRun run = on("sodra", "import", again.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("trial.csv: 3 rows; 0 added, 0 changed, 3 unchanged, 0 repeated")
                .contains("warning: phase what:")
                .containsPattern("trials: released nothing new; [0-9]+ unchanged");
    }

    @Test
    void refusesAFileWithEveryFaultNamed() throws IOException {
        Path bad = Files.writeString(
                files.resolve("site.csv"), "trial_id,region\n2019-000001-11,14\n2019-000099-99,77\nX,12\n", UTF_8);

        CommandRun run = on("sodra", "import", bad.toString());

        assertThat(run.exitCode()).isEqualTo(REFUSED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("samsyn: ")
                .contains("nothing of it imported", "line 2", "line 3", "line 4")
                .doesNotContain("\tat ");
    }

    @Test
    void namesEveryKindOfMistakeWithItsPlaceAndWhatWasExpected() throws IOException {
        Path bad = Files.writeString(files.resolve("cost-item.csv"), """
                item_id,trial_id,participant,home_region,study_region,date,category,amount_ore
                I-1,2019/1,P-1,12,12,2025-01-01,visit,100
                I-2,2019-000001-11,P-2,12,12,2025-01-01,visit,1 000 kr
                I-3,2019-000001-11,P-3,12,99,2025-01-01,visit,100
                I-4,2019-000001-11,P-4,12,14,2025-01-01,visit,100
                """, UTF_8);

        CommandRun run = on("sodra", "import", bad.toString());

        assertThat(run.exitCode()).isEqualTo(REFUSED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith(
                        "samsyn: " + bad + ": The cost-item file was refused and nothing of it imported: 4 faults.\n")
                .contains("line 2, trial_id: \"2019/1\"; expected ")
                .contains("line 3, amount_ore: \"1 000 kr\"; expected ")
                .contains("line 4, study_region: \"99\"; expected one of 01, 03,")
                .contains("line 5, study_region: \"14\"; expected a place within this node's scope, 12; other nodes");
    }

    @Test
    void refusesMoreDocumentsAtATimeThanANodeTakesBeforeItSendsThem() throws IOException {
        Path large = files.resolve("documents.zip");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((32L << 20) + 1);
        }

        CommandRun run = on("sodra", "import", large.toString());

        assertThat(run.exitCode()).isEqualTo(REFUSED);
        assertThat(run.err())
                .contains(
                        "documents.zip: it has 33554433 bytes", "at most 33554432", "fewer documents into one archive");
    }

    @Test
    void printsATemplateThatADryRunTakesWithoutANode() throws IOException {
        CommandRun template = CommandRun.of("import", "--template", "trial-unit");
        Path file = Files.writeString(files.resolve("trial-unit.csv"), template.out(), UTF_8);

        CommandRun run = CommandRun.of("import", "--dry-run", "--scope", "12", file.toString());

        assertThat(template.exitCode()).isZero();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("trial-unit.csv: 1 rows; 1 added", "A dry run: no node was asked, and nothing was imported.");
    }

    @Test
    void refusesInADryRunWhatANodeWouldRefuse() throws IOException {
        Path file = Files.writeString(files.resolve("grant.csv"), "grant_id,programme,year\n1,alf,24\n", UTF_8);

        CommandRun run = CommandRun.of("import", "--dry-run", file.toString());

        assertThat(run.exitCode()).isEqualTo(REFUSED);
        assertThat(run.err()).contains("line 1, amount_ore", "which is required");
    }

    @Test
    void deletesRecordsByKeyAndSaysWhatIsNotThere() throws IOException {
        Path grants = Files.writeString(
                files.resolve("grant.csv"),
                "grant_id,programme,year,amount_ore\nG1,alf,2020,5\nG2,alf,2024,5\n",
                UTF_8);
        assertThat(on("sodra", "import", grants.toString()).exitCode()).isZero();

        CommandRun none = on("sodra", "delete", "grant", "--key", "G1", "--key", "G3");
        CommandRun one = on("sodra", "delete", "grant", "--key", "G1");
        CommandRun old = on("sodra", "delete", "grant", "--before", "2025-01-01");

        assertThat(none.exitCode()).isEqualTo(REFUSED);
        assertThat(none.err()).contains("there is no grant with the key G3; nothing was deleted");
        assertThat(one.out()).isEqualTo("grant: 1 deleted\n");
        assertThat(old.out()).isEqualTo("grant: 1 deleted\n");
    }

    @Test
    void namesAColumnThatThereIsNot() throws IOException {
        Path bad = Files.writeString(files.resolve("trial.csv"), "trial_id,colour\n2019-000001-11,red\n", UTF_8);

        CommandRun run = on("sodra", "import", bad.toString());

        assertThat(run.exitCode()).isEqualTo(REFUSED);
        assertThat(run.err()).contains(bad.toString(), "line 1", "colour", "trial_id", "start_date");
    }

    @Test
    void saysWhichFilesAreKeptIfALaterOneIsRefused() throws IOException {
        Path trials = Files.writeString(files.resolve("trial.csv"), "trial_id,registry\n2024-000001-11,euctr\n", UTF_8);
        Path sites = Files.writeString(files.resolve("site.csv"), "trial_id,region\n2024-000001-11,77\n", UTF_8);

        CommandRun run = on("sodra", "import", trials.toString(), sites.toString());

        assertThat(run.exitCode()).isEqualTo(REFUSED);
        assertThat(run.out()).startsWith(trials + ": 1 rows; 1 added, ").doesNotContain("released", "site.csv:");
        assertThat(run.err())
                .startsWith("samsyn: " + sites + ": The site file was refused")
                .contains("Imported before and kept, but nothing of it released yet: " + trials + ".")
                .contains("Import all files again once this one is right");
    }

    @Test
    void saysThatAFolderIsNoFile() {
        CommandRun run = on("sodra", "import", files.toString(), "--kind", "trial");

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains(files.toString(), "it is a folder, not a file", "nothing was imported");
    }

    @Test
    void importsNothingIfTheNameOfOneFileTellsNoKind() throws IOException {
        Path good = Files.writeString(files.resolve("trial.csv"), "trial_id,registry\n2022-000001-11,euctr\n", UTF_8);
        Path other = Files.writeString(files.resolve("trials-of-2022.csv"), NodeCommandsTest.TRIALS, UTF_8);

        CommandRun run = on("sodra", "import", good.toString(), other.toString());

        assertRun(run, REFUSED);
        assertThat(run.err()).contains("trials-of-2022.csv").contains("--kind");
        CommandRun again = on("sodra", "import", other.toString(), "--kind", "trial");
        assertThat(again.out()).contains("3 rows; 0 added");
        JsonNode view = Json.parse(
                on("sodra", "view", "trials", "--format", "json").out().getBytes(UTF_8));
        assertThat(view.path("totals"))
                .noneMatch(total -> total.path("period").asText().equals("2022")
                        && total.path("values").path("trials").path("exact").asLong() > 0);
    }

    @Test
    void callsADocumentByItsNameHoweverDeepItsFolderLies() throws IOException {
        Path deep = Files.createDirectories(files.resolve("d".repeat(200) + "/" + "d".repeat(200)));
        Path file = Files.writeString(deep.resolve("none.json"), "[]", UTF_8);
        assertThat(on("sodra", "import", file.toString()).out()).contains("none.json: 1 document", "empty JSON array");
    }

    @Test
    void importsNothingIfOneFileIsNotThere() throws IOException {
        Path good = Files.writeString(files.resolve("trial.csv"), "trial_id,registry\n2023-000001-11,euctr\n", UTF_8);

        CommandRun run =
                on("sodra", "import", good.toString(), files.resolve("site.csv").toString());

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("site.csv").contains("nothing was imported");
    }

    @Test
    void refusesAKindThatThereIsNot() throws IOException {
        Path file = Files.writeString(files.resolve("trial.csv"), NodeCommandsTest.TRIALS, UTF_8);

        CommandRun run = on("sodra", "import", file.toString(), "--kind", "invoice");

        assertRun(run, REFUSED);
        assertThat(run.err()).contains("invoice").contains("trial, site, participation, cost-item");
    }

    private static CommandRun on(String node, String... command) {
        return NodeCommandsTest.on(network, node, command);
    }
}
