package se.samsyn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import se.samsyn.cli.ApiException;
import se.samsyn.cli.BundleCollector;
import se.samsyn.cli.Language;
import se.samsyn.cli.RecordUpload;
import se.samsyn.cli.ViewPrinter;
import se.samsyn.cli.audit.AuditFiles;
import se.samsyn.node.Json;
import se.samsyn.node.Node;
import se.samsyn.node.config.Role;
import se.samsyn.node.log.LogEntry;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.audit.AuditBundle;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.root.TrustPolicy;
import se.samsyn.protocol.view.LogBasis;

/**
 * The demo's story: a network is set up, records become summaries, summaries become the national view, which is shown and left to be
 * verified.
 */
public final class Demo implements AutoCloseable {
    private static final String COSTS = "costs";
    /** Held back by its member and past its due date: missing. */
    private static final Period MISSING = Period.parse("2025-Q3");

    private static final String MISSING_AT = "norra";
    /** Retracted by its member: withdrawn. */
    private static final Period WITHDRAWN = Period.parse("2024-Q2");

    private static final String WITHDRAWN_AT = "sydostra";
    /** Published against the rules by a member that has its own idea of them: rejected by all others. */
    private static final Period REJECTED = Period.parse("2025-Q1");

    private static final String REJECTED_AT = "vastra";

    /** Asks for no cosignatures while the clock moves on: stale. */
    private static final String STALE_AT = "sodra";

    private static final Period FIRST_YEAR = Period.parse("2004");
    private static final Period LAST_YEAR = Period.parse("2022");
    private static final long MEMBERS_WITH_COSTS =
            DemoMember.ALL.stream().filter(DemoMember::hasCosts).count();

    private final Path directory;
    private final DemoClock clock;
    private final PrintWriter out;
    private @Nullable DemoNetwork network;

    /**
     * Prepares a demo.
     *
     * @param directory for the nodes' files
     * @param machine the clock on which the demo ends; it begins {@link DemoClock#BEHIND} it
     */
    public Demo(Path directory, InstantSource machine, PrintWriter out) {
        this.directory = directory;
        this.clock = new DemoClock(machine);
        this.out = out;
    }

    /** Runs the story up to the national view. */
    public void run() throws InterruptedException {
        Map<String, Map<String, List<String>>> held = Map.of(
                MISSING_AT, Map.of(COSTS, List.of(MISSING.toString())),
                REJECTED_AT, Map.of(COSTS, List.of(REJECTED.toString())));
        DemoNetwork started = DemoNetwork.start(directory, held, clock);
        network = started;
        out.printf(
                Locale.ROOT,
                "%d nodes run, each with its own keys, store and listeners; federation root %s%n",
                started.nodes().size(),
                started.root().hash());
        DemoRecords records = new DemoRecords(SyntheticCosts.DEMO_SEED);
        List<Period> quarters = costs().period().expected(today());
        DemoRecords.Counts counts = started.nodes().parallelStream()
                .map(node -> records.load(node, quarters))
                .reduce(DemoRecords.Counts.NONE, DemoRecords.Counts::plus);
        out.printf(
                Locale.ROOT,
                "imported: %,d rows of real trials, %,d sites, %,d synthetic cost items, %,d other synthetic rows%n",
                counts.trials(),
                counts.sites(),
                counts.costItems(),
                counts.others());
        printCells(counts.cells());
        settle(started, DemoRecords.last(quarters));
        retract(started.node(WITHDRAWN_AT));
        publishAgainstTheRules(started.node(REJECTED_AT));
        requireInTime(started.awaitAgreement(clock));
        letGrowStale(started, started.node(STALE_AT));
        long entries = started.nodes().stream()
                .mapToLong(node -> node.node().logSize())
                .sum();
        out.printf(
                Locale.ROOT,
                "agreed: %d logs, %,d entries, each under %d cosignatures or more%n%n",
                started.nodes().size(),
                entries,
                started.root().quorum());
        show(started, counts.trials(), records.registeredTrials());
    }

    /** Prints where the nodes can be asked, and how. */
    public void printAddresses() {
        out.printf(Locale.ROOT, "%nThe network keeps running; stop it with Ctrl-C. Its nodes:%n");
        for (DemoNode node : running().nodes()) {
            out.printf(
                    Locale.ROOT, "  %-18s %s   --config %s%n", node.member().folder(), node.url(), node.configFile());
        }
        DemoNode first = running().nodes().get(0);
        out.printf(Locale.ROOT, "%nAsk one of them, for instance:%n");
        out.printf(
                Locale.ROOT,
                "  samsyn view trials --group phase --from 2010 --to 2019 --config %s%n",
                first.configFile());
        out.printf(Locale.ROOT, "  samsyn view costs --from 2025-Q1 --config %s%n", first.configFile());
        out.printf(Locale.ROOT, "  samsyn view settlement --derive settlement --config %s%n", first.configFile());
        out.printf(Locale.ROOT, "  samsyn status --config %s%n", first.configFile());
        out.flush();
    }

    /**
     * Leaves in a folder what others can verify.
     *
     * @throws ApiException if two nodes give different answers for the same basis
     */
    public void export(Path target) throws InterruptedException {
        DemoNetwork exported = running();
        String at = instant();
        Map<String, String> views = views();
        SortedMap<String, byte[]> files =
                new BundleCollector(exported.nodes().get(0).client(Role.COORDINATOR)).collect(views, Optional.of(at));
        views.forEach((name, query) -> {
            if (!Arrays.equals(files.get("view/" + name + ".json"), sameEverywhere(query, at))) {
                throw new RefutedException("a node gives another answer to " + query + " of its basis than before");
            }
        });
        files.put("policy.txt", utf8(TrustPolicy.forAllLogs(exported.root())));
        for (DemoNode node : exported.nodes()) {
            String name = node.member().node();
            files.put("policy/" + name + ".txt", utf8(TrustPolicy.forLog(exported.root(), name)));
        }
        AuditFiles.write(files, target);
        AuditFiles.write(Map.of(AuditFiles.BUNDLE, AuditBundle.of(files).encode()), target);
        out.printf(
                Locale.ROOT,
                "%nleft in %s: views, federation root, policies, definitions and %d logs as served, and all of it as one bundle%n",
                target,
                exported.nodes().size());
        out.flush();
    }

    @Override
    public void close() {
        DemoNetwork running = network;
        if (running != null) {
            running.close();
        }
    }

    /** What the members' own release reports say of the cells of the cost table; views cannot know why a cell was pooled. */
    private void printCells(Map<String, Map<String, Long>> cells) {
        out.printf(
                Locale.ROOT,
                "released by rule; of the cells that hold costs, by what each member's disclosure control says:%n");
        cells.forEach((reason, members) -> out.printf(
                Locale.ROOT,
                "  %,d %s (%s)%n",
                members.values().stream().mapToLong(Long::longValue).sum(),
                reason,
                members.size() == MEMBERS_WITH_COSTS ? "every region" : String.join(", ", members.keySet())));
    }

    private void show(DemoNetwork shown, long rows, long registered) {
        String at = instant();
        ViewPrinter printer = new ViewPrinter(out, Language.en);
        JsonNode years = parse(sameEverywhere("trials?from=" + FIRST_YEAR + "&to=" + LAST_YEAR, at));
        printer.printTable(years);
        TrialTally tally = TrialTally.of(parse(sameEverywhere("trials", at)), FIRST_YEAR, LAST_YEAR);
        out.printf(Locale.ROOT, "%n%s%n%n", tally.text(rows, registered));
        printer.printTable(parse(sameEverywhere("trials?group=phase&from=2010&to=2019", at)));
        out.println();
        printer.printTable(parse(sameEverywhere("costs?from=2024-Q1&to=2025-Q4", at)));
        out.printf(
                Locale.ROOT,
                "%nAll %d nodes gave the same bytes for each. The costs are synthetic: no registry has any.%n",
                shown.nodes().size());
        out.flush();
    }

    /** The views that are left behind, by their file's name: {@code <dataset>-<table>}. */
    private static Map<String, String> views() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put("trials-year", "trials");
        views.put("trials-phase", "trials?group=phase");
        views.put("trials-region", "trials?by=region");
        views.put("trials-trend", "trials?group=sponsor-class&derive=trend");
        views.put("costs-home-region", "costs?table=home-region");
        views.put("costs-access", "costs?table=home-region&derive=access");
        views.put("costs-compensation", "costs?table=home-region&derive=compensation");
        views.put("settlement-quarter", "settlement?derive=settlement");
        views.put("recruitment-access", "recruitment?table=home-region&derive=access");
        views.put("units-list", "units");
        views.put("trials-reserve-sites", "trials?derive=reserve-sites");
        views.put("grant-dues-due", "grant-dues?derive=due");
        views.put("quality-kind", "quality?derive=quality");
        return views;
    }

    /** Asks every node the same question of the same basis. */
    private byte[] sameEverywhere(String query, String at) {
        String path = "/api/v1/views/" + query + (query.contains("?") ? "&" : "?") + "at=" + at;
        List<byte[]> answers = running().nodes().stream()
                .map(node -> node.client(Role.COORDINATOR).get(path))
                .toList();
        byte[] first = answers.get(0);
        if (!answers.stream().allMatch(answer -> Arrays.equals(answer, first))) {
            throw new RefutedException("the nodes give different answers to " + path);
        }
        return first;
    }

    /** Every member asks the others for what they owe it, and when all have answered, all publish what both have signed. */
    private void settle(DemoNetwork network, Period quarter) throws InterruptedException {
        List<DemoNode> settling = network.nodes().stream()
                .filter(node -> node.member().hasCosts())
                .toList();
        settling.forEach(node ->
                node.client(Role.OPERATOR).post("/api/v1/settlements/" + quarter, "application/json", new byte[0]));
        requireInTime(network.awaitSettlements(clock, settling));
        network.nodes().forEach(node -> new RecordUpload(node.client(Role.OPERATOR)).release("settlement"));
        out.printf(
                Locale.ROOT,
                "%d regions settled %s with one another: each pair alone sees its invoice lines, and both publish the totals%n",
                settling.size(),
                quarter);
    }

    /** The clock moves on, and all logs but one get cosignatures of the new time from all others. */
    private void letGrowStale(DemoNetwork network, DemoNode stale) throws InterruptedException {
        stale.node().stopPublishing();
        clock.moveOn();
        out.printf(
                Locale.ROOT,
                "the demo's clock moves on by %d hours; %s asks for no cosignatures meanwhile: its log is stale%n",
                DemoClock.BEHIND.toHours(),
                stale.member().folder());
        requireInTime(network.awaitRefresh(clock, stale));
    }

    private static void requireInTime(boolean agreed) {
        if (!agreed) {
            throw new ApiException("the nodes did not agree in time; run again with -Dsamsyn.log=info to see why");
        }
    }

    private void retract(DemoNode node) {
        node.node().releaser().retract(costs(), WITHDRAWN, false);
        out.printf(
                Locale.ROOT,
                "%s retracts its costs of %s: the body is deleted everywhere%n",
                node.member().folder(),
                WITHDRAWN);
    }

    /**
     * Releases as {@link #REJECTED_AT} a cell that covers three persons, past its own disclosure control, which is why this signs by
     * hand: the node itself cannot.
     */
    private void publishAgainstTheRules(DemoNode node) {
        Node publishing = node.node();
        ObjectNode body = Json.object();
        body.put("dataset", COSTS);
        body.put("k", 5);
        body.put("node", node.member().node());
        body.put("period", REJECTED.toString());
        body.put("salt", Hash.sha256(utf8("the demo's rejected body")).toHex());
        ObjectNode tables = body.putObject("tables");
        costs().tables().forEach(table -> tables.putObject(table.name()).put("withheld", true));
        ObjectNode cell = tables.putObject("home-region").putArray("cells").addObject();
        cell.putArray("at").add("14");
        cell.putArray("values").add(3).add(4).add(120_000).add(0);
        byte[] bytes = CanonicalJson.encode(body);
        byte[] entry = RogueRelease.sign(node, running().root(), costs(), REJECTED, bytes);
        publishing.sequencer().append(List.of(LogEntry.release(entry, bytes))).join();
        out.printf(
                Locale.ROOT,
                "%s publishes three persons in one cell of %s: all others reject it%n",
                node.member().folder(),
                REJECTED);
    }

    private static DatasetDefinition costs() {
        return NetworkFiles.shipped().definitions().stream()
                .filter(definition -> definition.dataset().equals(COSTS))
                .findFirst()
                .orElseThrow();
    }

    /** An instant that lies after the newest time of any log. */
    private String instant() {
        long newest = running().nodes().get(0).node().picture().basis(0).logs().stream()
                .mapToLong(LogBasis::timeSeconds)
                .max()
                .orElse(0);
        return Instant.ofEpochSecond(Math.max(newest, clock.instant().getEpochSecond()))
                .toString();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private DemoNetwork running() {
        return Objects.requireNonNull(network, "the demo has not run yet");
    }

    private static JsonNode parse(byte[] view) {
        return Json.parse(view);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
