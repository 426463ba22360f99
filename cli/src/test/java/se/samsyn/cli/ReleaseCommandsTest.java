package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.Node;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;

/** {@code samsyn release …} at a node that releases by rule, and at one whose officer signs on another machine. */
final class ReleaseCommandsTest {
    private static final int REFUSED = 1;
    private static final int COULD_NOT_RUN = 2;
    private static final InstantSource CLOCK = () -> Instant.parse("2026-11-02T08:00:00Z");
    private static final String DOMAIN = ".test.example";
    private static final Map<String, String> SCOPES = Map.of("norra", "24", "sodra", "12");
    private static final Pattern DRAFT = Pattern.compile("draft ([0-9a-f]{64})");

    @TempDir
    private static Path folder;

    private static final Map<String, Node> NODES = new TreeMap<>();
    private static FederationRoot root;

    @BeforeAll
    static void setUpANetworkOfTwoOneOfThemWithAnOfficer() throws IOException {
        List<Integer> ports = SamsynProcesses.freePorts(4);
        for (String node : SCOPES.keySet()) {
            done(
                    "init",
                    "--node",
                    node + DOMAIN,
                    "--url",
                    "https://127.0.0.1:" + ports.remove(0),
                    "--peer-host",
                    "127.0.0.1",
                    "--user-port",
                    Integer.toString(ports.remove(0)),
                    "--scope",
                    SCOPES.get(node),
                    "--poll-millis",
                    "200",
                    "--dir",
                    folder.resolve(node).toString());
        }
        letTheOfficerAloneSignSummaries("sodra");
        makeRoot();
        Path rootFile = folder.resolve("root.note");
        root = FederationRoot.parse(
                SignedNote.parse(Files.readAllBytes(rootFile)).text());
        for (String node : SCOPES.keySet()) {
            Node opened = Launch.open(config(node), Optional.of(new Launch.Invitation(rootFile, root.hash())), CLOCK);
            NODES.put(node, opened);
            opened.start();
        }
    }

    /** As the officer is told to by {@code samsyn release key}. */
    private static void letTheOfficerAloneSignSummaries(String node) throws IOException {
        CommandRun key = done(
                "release",
                "key",
                node + DOMAIN,
                "--dir",
                folder.resolve("officer").toString());
        List<String> lines = key.out()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("publisher ") || line.startsWith("may "))
                .toList();
        assertThat(lines).hasSize(3);
        Path member = folder.resolve(node).resolve("member.txt");
        String own = Files.readAllLines(member).stream()
                .filter(line -> line.startsWith("publisher "))
                .findFirst()
                .orElseThrow();
        String id = own.split("\\+")[1];
        Files.writeString(
                member, String.join("\n", lines).replace("+ID ", "+" + id + " ") + "\n", StandardOpenOption.APPEND);
    }

    private static void makeRoot() {
        List<String> create = new ArrayList<>(List.of("root", "create", "--network", "test.example"));
        for (String node : SCOPES.keySet()) {
            create.addAll(List.of(
                    "--key",
                    folder.resolve(node)
                            .resolve(NodeSetup.ROOT_KEY_FOLDER)
                            .resolve(NodeSetup.ROOT_KEY_FILE)
                            .toString()));
        }
        create.addAll(List.of("--out", folder.resolve("root.note").toString()));
        SCOPES.keySet()
                .forEach(node ->
                        create.add(folder.resolve(node).resolve("member.txt").toString()));
        done(create.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        NODES.values().forEach(Node::close);
    }

    @Test
    void whatIsHeldAndHasNothingNewIsReleasedByTheRuleAgainOnceAPersonHasApprovedIt() throws IOException {
        importTrial("norra", "24", "2005-000001-11", "2005-02-03");
        done(on("norra", "release", "hold", "trials", "2005"));
        assertThat(on("norra", "release", "list").out())
                .containsPattern("trials +2005 +held .*there is nothing new to say");

        CommandRun approved = on("norra", "release", "approve", "trials", "2005");

        assertThat(approved.exitCode()).as(approved.err()).isZero();
        assertThat(approved.out())
                .contains("trials 2005: nothing new to say, and no longer held", "released nothing new; 1 unchanged");
        assertThat(on("norra", "release", "list").out()).doesNotContainPattern("trials +2005");
        assertThat(importTrial("norra", "24", "2005-000002-22", "2005-03-04").out())
                .contains("trials: released 2005");
    }

    @Test
    void holdsShowsComparesAndReleasesAPeriod() throws IOException {
        done(on("norra", "release", "hold", "trials", "2018"));
        CommandRun imported = importTrial("norra", "24", "2018-000001-11", "2018-02-03");
        assertThat(imported.out()).contains("trials: released nothing new");

        CommandRun list = on("norra", "release", "list");
        assertThat(list.out()).containsPattern("trials +2018 +held +[0-9a-f]{64} +held since 2026-11-02");
        assertThat(on("norra", "release", "list", "--format", "csv").out())
                .startsWith("dataset,period,state,draft,reason\r\n")
                .containsPattern("\r\ntrials,2018,held,[0-9a-f]{64},held since");
        assertThat(on("norra", "release", "list", "--format", "json").out()).contains("\"state\" : \"held\"");
        CommandRun shown = on("norra", "release", "show", "trials", "2018");
        assertThat(shown.out())
                .contains("trials 2018: held", "1 rows, all published:", "ids 2018-000001-11", "places 24");
        assertThat(on("norra", "release", "diff", "trials", "2018").out())
                .contains("nothing of this period is released", "  + {", "2018-000001-11");

        String draft = draftIn(shown);
        importTrial("norra", "24", "2018-000002-22", "2018-03-04");
        CommandRun refused = on("norra", "release", "approve", "trials", "2018", "--draft", draft);
        assertThat(refused.exitCode()).isEqualTo(REFUSED);
        assertThat(refused.err()).contains("changed since", "samsyn release show trials 2018");
        CommandRun approved = on("norra", "release", "approve", "trials", "2018");
        assertThat(approved.exitCode()).as(approved.err()).isZero();
        assertThat(approved.out())
                .containsPattern("trials 2018: draft [0-9a-f]{64}")
                .contains("released 2018");
        assertThat(on("norra", "release", "approve", "trials", "2018").out()).contains("nothing new to say");
        assertThat(importTrial("norra", "24", "2018-000003-33", "2018-03-04").out())
                .as("by rule again")
                .contains("released 2018");
        assertThat(on("norra", "release", "show", "trials", "2018").out()).contains("trials 2018: unchanged");
        assertThat(on("norra", "release", "list").out()).doesNotContainPattern("trials +2018");
    }

    @Test
    void showsTheCellsOfATableAndWhatHappensToThem() throws IOException {
        done(on("norra", "release", "hold", "costs", "2026-Q1", "2026-Q2"));
        importCosts("2026-02-03", "24", 10);
        CommandRun shown = on("norra", "release", "show", "costs", "2026-Q1");
        assertThat(shown.out())
                .contains("table home-region, at least 5 persons in each figure:")
                .containsPattern("home-region +participants .*what happens")
                .containsPattern("(?m)^24 +10 .*published$");
        done(on("norra", "release", "approve", "costs", "2026-Q1", "--draft", draftIn(shown)));
        done(on("norra", "release", "hold", "costs", "2026-Q1"));
        importCosts("2026-02-03", "24", 16);
        assertThat(on("norra", "release", "diff", "costs", "2026-Q1").out())
                .contains("1 cells change")
                .containsPattern("  24: 10, .* → 16, ")
                .containsPattern("  total: 10, .* → 16, ");
        importCosts("2026-05-03", "24", 3);
        assertThat(on("norra", "release", "show", "costs", "2026-Q2").out())
                .containsAnyOf("withheld: nothing of it is told", "pooled: fewer than k persons");
    }

    @Test
    void releasesWhatAnOfficerSignedOnAnotherMachine() throws IOException {
        CommandRun imported = importTrial("sodra", "12", "2016-000001-11", "2016-02-03");
        assertThat(imported.out()).contains("2016 waits:", "officer");
        assertThat(on("sodra", "release", "list").out()).containsPattern("trials +2016 +officer ");
        CommandRun refused = on("sodra", "release", "approve", "trials", "2016");
        assertThat(refused.exitCode()).isEqualTo(REFUSED);
        assertThat(refused.err()).contains("samsyn: ", "release export");

        Path draft = folder.resolve("2016.draft.json");
        Path signed = folder.resolve("2016.signed.json");
        done(on("sodra", "release", "export", "trials", "2016", "-o", draft.toString()));
        CommandRun sign = sign(draft, "officer/officer.p12", signed);
        assertThat(sign.exitCode()).as(sign.err()).isZero();
        assertThat(sign.out())
                .contains("sodra.test.example releases trials 2016, for the first time")
                .contains("ids 2016-000001-11")
                .contains("signed by sodra.test.example/publisher+");
        CommandRun released = on("sodra", "release", "import", signed.toString());
        assertThat(released.exitCode()).as(released.err()).isZero();
        assertThat(released.out()).contains("trials: released 2016, signed by the officer");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(
                                on("norra", "view", "trials", "--from", "2016", "--to", "2016", "--format", "csv")
                                        .out())
                        .contains("2016,trials,1,"));
        CommandRun again = on("sodra", "release", "import", signed.toString());
        assertThat(again.exitCode()).isEqualTo(REFUSED);
        assertThat(again.err()).contains("changed since it was exported");
    }

    @Test
    void retractsAPeriodWithAllItsReleasesOrThoseAloneThatWereReplaced() throws IOException {
        importTrial("norra", "24", "2012-000001-11", "2012-02-03");
        importTrial("norra", "24", "2012-000002-12", "2012-03-03");
        CommandRun replaced = done(on("norra", "release", "retract", "trials", "2012", "--replaced"));
        assertThat(replaced.out()).contains("trials: retracted 1 release of 2012");
        assertRefused(
                REFUSED,
                on("norra", "release", "retract", "trials", "2012", "--replaced"),
                "no replaced release of trials 2012 to retract");
        assertThat(done(on("norra", "release", "retract", "trials", "2012")).out())
                .contains("retracted 1 release of 2012");
        assertRefused(
                REFUSED,
                on("norra", "release", "retract", "trials", "2012"),
                "no released summary of trials 2012 to retract");
        assertThat(on("norra", "release", "list").out()).containsPattern("trials +2012 +withdrawn ");
        assertRefused(REFUSED, on("norra", "release", "retract", "trials", "2012-Q1"), "has no period 2012-Q1");
    }

    @Test
    void retractsWhatAnOfficerSignedOnAnotherMachine() throws IOException {
        importTrial("sodra", "12", "2013-000001-11", "2013-02-03");
        Path draft = folder.resolve("2013.draft.json");
        Path signed = folder.resolve("2013.signed.json");
        done(on("sodra", "release", "export", "trials", "2013", "-o", draft.toString()));
        assertThat(sign(draft, "officer/officer.p12", signed).exitCode()).isZero();
        done(on("sodra", "release", "import", signed.toString()));

        Path retraction = folder.resolve("2013.retraction.json");
        Path signedRetraction = folder.resolve("2013.signed-retraction.json");
        assertThat(done(on("sodra", "release", "retract", "trials", "2013", "-o", retraction.toString()))
                        .out())
                .contains("nothing is retracted yet", "samsyn release sign");
        CommandRun sign = sign(retraction, "officer/officer.p12", signedRetraction);
        assertThat(sign.out())
                .as(sign.err())
                .contains("sodra.test.example withdraws its release of trials 2013 with body ")
                .contains("signed by sodra.test.example/publisher+");
        assertThat(done(on("sodra", "release", "import", signedRetraction.toString()))
                        .out())
                .contains("trials: retracted 1 release of 2013");
        assertRefused(
                REFUSED,
                on("sodra", "release", "import", signedRetraction.toString()),
                "withdraws no release that stands here");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(
                                on("norra", "view", "trials", "--from", "2013", "--to", "2013", "--format", "json")
                                        .out())
                        .contains("\"withdrawn\""));
    }

    @Test
    void signsNothingThatItCannotShowOrThatIsAnothers() throws IOException {
        importTrial("sodra", "12", "2017-000001-11", "2017-02-03");
        Path draft = folder.resolve("2017.draft.json");
        Path signed = folder.resolve("2017.signed.json");
        done(on("sodra", "release", "export", "trials", "2017", "-o", draft.toString()));
        String text = Files.readString(draft, UTF_8);

        Path changed = Files.writeString(
                folder.resolve("changed.json"), text.replace("2017-000001-11", "2017-000001-22"), UTF_8);
        assertRefused(REFUSED, sign(changed, "officer/officer.p12", signed), "the statement names body");
        Path unknown = Files.writeString(
                folder.resolve("unknown.json"),
                text.replaceFirst("\"definition\":\"[0-9a-f]{64}\"", "\"definition\":\"" + "00".repeat(32) + "\""),
                UTF_8);
        assertRefused(COULD_NOT_RUN, sign(unknown, "officer/officer.p12", signed), "--network-dir");
        assertRefused(
                COULD_NOT_RUN,
                sign(draft, "norra/root-key/root-key.p12", signed),
                "it has no such key; name the file that `samsyn release key` made");
        done(
                "release",
                "key",
                "norra" + DOMAIN,
                "--dir",
                folder.resolve("other").toString());
        assertRefused(REFUSED, sign(draft, "other/officer.p12", signed), "is not of sodra.test.example");
        assertRefused(COULD_NOT_RUN, sign(draft, "officer/officer.p12", draft), "exists already");
        assertThat(signed).doesNotExist();
        CommandRun key = CommandRun.of(
                "release",
                "key",
                "norra" + DOMAIN,
                "--dir",
                folder.resolve("other").toString());
        assertRefused(COULD_NOT_RUN, key, "exists already");
    }

    private static void assertRefused(int exitCode, CommandRun run, String told) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
        assertThat(run.err()).contains(told).doesNotContain("\tat ");
    }

    private static CommandRun sign(Path draft, String key, Path signed) {
        return CommandRun.of(
                "release",
                "sign",
                draft.toString(),
                "--key",
                folder.resolve(key).toString(),
                "-o",
                signed.toString());
    }

    private static String draftIn(CommandRun shown) {
        Matcher draft = DRAFT.matcher(shown.out());
        assertThat(draft.find()).as(shown.out() + shown.err()).isTrue();
        return draft.group(1);
    }

    private static CommandRun importTrial(String node, String region, String id, String start) throws IOException {
        Path trials = Files.writeString(
                folder.resolve("trial.csv"), "trial_id,registry,start_date\n" + id + ",euctr," + start + "\n", UTF_8);
        Path sites =
                Files.writeString(folder.resolve("site.csv"), "trial_id,region\n" + id + "," + region + "\n", UTF_8);
        return done(on(node, "import", trials.toString(), sites.toString()));
    }

    private static void importCosts(String day, String region, int persons) throws IOException {
        StringBuilder csv =
                new StringBuilder("item_id,trial_id,participant,home_region,study_region,date,category,amount_ore\n");
        for (int person = 0; person < persons; person++) {
            csv.append("I-" + day + "-" + person + ",2018-00123" + person % 3 + "-12,P-" + person + "," + region
                    + ",24," + day + ",visit,120000\n");
        }
        Path file = Files.writeString(folder.resolve("cost-item.csv"), csv, UTF_8);
        done(on("norra", "import", file.toString()));
    }

    private static Path config(String node) {
        return folder.resolve(node).resolve(NodeSetup.CONFIG_FILE);
    }

    private static CommandRun done(String... command) {
        return done(CommandRun.of(command));
    }

    private static CommandRun done(CommandRun run) {
        assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
        return run;
    }

    private static CommandRun on(String node, String... command) {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.addAll(List.of("--config", config(node).toString()));
        return CommandRun.of(whole.toArray(String[]::new));
    }
}
