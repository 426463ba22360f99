package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.json.JsonSchema;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.RootText;
import se.samsyn.protocol.root.Scope;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Register;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.RegisterSite;
import se.samsyn.protocol.summary.Salt;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.SummaryContent;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.summary.WithheldTable;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * Four members with logs in memory, whose entries count as verified: what a national picture is made of, without the
 * network.
 */
final class TestNetwork {
    static final String A = "a.example";
    static final String B = "b.example";
    static final String C = "c.example";
    /** Speaks for what has no known region; its name sorts before all others. */
    static final String D = "0.example";

    static final List<String> NODES = List.of(D, A, B, C);
    static final Map<String, String> SCOPES = Map.of(A, "01,03", B, "12,1380", C, "14,1382", D, "-");

    final DatasetDefinition costs = TestDefinitions.costs();
    final DatasetDefinition trials;
    final DatasetDefinition open;
    final Table table = costs.tables().get(0);
    /** Other versions of the same. */
    final List<DatasetDefinition> others;

    final FederationRoot root;
    final Map<String, List<VerifiedStatement>> logs = new TreeMap<>();
    final Map<Hash, byte[]> bodies = new HashMap<>();
    private final VerifierKey publisher = key("x.example/publisher", KeyType.ED25519);
    private int serial;

    TestNetwork() {
        this(TestDefinitions.measures());
    }

    /** @param open a dataset of open tables */
    TestNetwork(DatasetDefinition open) {
        this(open, TestDefinitions.trials());
    }

    /**
     * @param open a dataset of open tables
     * @param trials a register
     * @param others more versions of these and of the costs, which the root authorises as well
     */
    TestNetwork(DatasetDefinition open, DatasetDefinition trials, DatasetDefinition... others) {
        this.others = List.of(others);
        this.open = open;
        this.trials = trials;
        RootText text = new RootText("test.example");
        for (String node : NODES) {
            Member member = new Member(
                    node,
                    URI.create("https://" + node + ":8443"),
                    Scope.parse(SCOPES.get(node)),
                    Set.of(next()),
                    List.of(key(node + "/log", KeyType.ED25519)),
                    List.of(key(node + "/publisher", KeyType.ED25519)),
                    List.of(key(node + "/witness", KeyType.COSIGNATURE)));
            text.member(new MemberLines(List.of(key(node + "/root", KeyType.ED25519)), member, Map.of()));
            logs.put(node, new ArrayList<>());
        }
        this.others.forEach(definition -> text.dataset(definition.dataset(), definition.hash()));
        root = text.dataset("costs", costs.hash())
                .dataset(open.dataset(), open.hash())
                .dataset("trials", trials.hash())
                .build();
    }

    /** Appends an entry; gives its leaf hash. */
    Hash append(String node, Statement statement) {
        Hash leaf = next();
        logs.get(node).add(new VerifiedStatement(statement, publisher, leaf));
        return leaf;
    }

    /** Appends a release that supersedes what it says, and keeps its body. */
    Hash release(
            String node,
            DatasetDefinition definition,
            String period,
            Optional<Hash> supersedes,
            SummaryContent content) {
        byte[] body = body(node, definition, period, content);
        return append(node, statement(node, definition, period, body, supersedes));
    }

    /** Appends a first release. */
    Hash release(String node, DatasetDefinition definition, String period, SummaryContent content) {
        return release(node, definition, period, Optional.empty(), content);
    }

    /** Appends a retraction of the release at that leaf, and erases its body. */
    void retract(String node, Hash leaf) {
        Hash sha256 = logs.get(node).stream()
                .filter(entry -> entry.leafHash().equals(leaf))
                .map(entry -> ((SummaryStatement) entry.statement()).sha256())
                .findFirst()
                .orElseThrow();
        append(node, new Retraction(node, 1, sha256, leaf));
        bodies.remove(sha256);
    }

    byte[] body(String node, DatasetDefinition definition, String period, SummaryContent content) {
        Salt salt = Salt.of(next().toByteArray());
        byte[] body = new Summary(node, definition.dataset(), Period.parse(period), salt, content).encode();
        bodies.put(Hash.sha256(body), body);
        return body;
    }

    SummaryStatement statement(
            String node, DatasetDefinition definition, String period, byte[] body, Optional<Hash> supersedes) {
        return new SummaryStatement(
                node,
                1,
                definition.dataset(),
                definition.hash(),
                Period.parse(period),
                Hash.sha256(body),
                body.length,
                supersedes);
    }

    NationalPicture emptyPicture() {
        List<DatasetDefinition> kept = new ArrayList<>(List.of(costs, open, trials));
        kept.addAll(others);
        return new NationalPicture(root, kept);
    }

    /** A picture of all entries. */
    NationalPicture picture() {
        NationalPicture picture = emptyPicture();
        logs.forEach((node, log) -> picture.advance(node, 0, log, this::heldBody));
        return picture;
    }

    Optional<byte[]> heldBody(Hash sha256) {
        return Optional.ofNullable(bodies.get(sha256));
    }

    /** The state of all logs, vouched for an hour before noon of that day. */
    Basis basis(String day) {
        long noon = LocalDate.parse(day).atTime(12, 0).toEpochSecond(ZoneOffset.UTC);
        return new Basis(
                1,
                root.hash(),
                NODES.stream()
                        .map(node -> new LogBasis(node, head(logs.get(node).size()), noon - 3_600))
                        .toList(),
                noon);
    }

    static TreeHead head(long size) {
        return size == 0 ? TreeHead.EMPTY : new TreeHead(size, Hash.sha256(new byte[] {(byte) size}));
    }

    /** The view as JSON, checked against its schema. Parameters are written {@code name=value}. */
    JsonNode view(DatasetDefinition definition, String day, String... params) {
        return view(picture(), definition, day, params);
    }

    JsonNode view(NationalPicture picture, DatasetDefinition definition, String day, String... params) {
        JsonNode json = picture.view(query(definition, params), basis(day)).json();
        JsonSchema.named("view").check(json);
        return json;
    }

    static ViewQuery query(DatasetDefinition definition, String... params) {
        Map<String, String> map = new HashMap<>();
        for (String param : params) {
            String[] parts = param.split("=", 2);
            map.put(parts[0], parts[1]);
        }
        return ViewQuery.parse(map, definition);
    }

    /** A published costs table. */
    Tables costs(Cell... cells) {
        return tables(new Published(table, 5, List.of(cells), Optional.empty()));
    }

    /** A published costs table with a pool of these positions. */
    Tables pooledCosts(List<Integer> positions, long[] pool, Cell... cells) {
        return tables(new Published(table, 5, List.of(cells), Optional.of(new Pool(positions, Values.of(pool)))));
    }

    Tables withheldCosts() {
        return tables(new WithheldTable(table));
    }

    private static Tables tables(TableValues values) {
        return new Tables(5, List.of(values));
    }

    /** A cell of the costs table: participants, items, öre, credited öre. */
    Cell cell(String region, long... values) {
        return new Cell(table.shape().position(List.of(region)), Values.of(values));
    }

    Register register(RegisterRow... rows) {
        return register(Arrays.asList(rows));
    }

    Register register(Collection<RegisterRow> rows) {
        return new Register(
                trials.register().orElseThrow(), rows.stream().sorted().toList());
    }

    /** A trial: numbers with commas between, start or nothing, phase, sponsor class, places with commas between. */
    static RegisterRow trial(String ids, String start, String phase, String sponsorClass, String places) {
        return new RegisterRow(
                Stream.of(ids.split(",")).map(RegistryNumber::parse).sorted().toList(),
                Optional.of(start).filter(text -> !text.isEmpty()),
                List.of(phase, sponsorClass),
                Stream.of(places.split(",")).sorted().toList());
    }

    /**
     * The same trial in a register that also tells these.
     *
     * @param end or nothing
     * @param conditions with commas between
     * @param product or nothing
     * @param sites how many, all in its first place
     */
    static RegisterRow openTrial(
            RegisterRow row, String end, String status, String conditions, String product, int sites) {
        List<String> attributes = new ArrayList<>(row.attributes());
        attributes.add(status);
        return new RegisterRow(
                row.ids(),
                row.start(),
                Optional.of(end).filter(text -> !text.isEmpty()),
                attributes,
                List.of(listed(conditions), listed(product)),
                Collections.nCopies(sites, new RegisterSite(row.places().get(0), "main", "unknown")),
                row.places());
    }

    /** The same trial in a register that also tells milestones, each a date or nothing. */
    static RegisterRow timedTrial(RegisterRow row, String... milestones) {
        return new RegisterRow(
                row.ids(),
                row.start(),
                row.end(),
                row.attributes(),
                row.terms(),
                Stream.of(milestones)
                        .map(date -> Optional.of(date).filter(text -> !text.isEmpty()))
                        .toList(),
                row.sites(),
                row.places());
    }

    private static List<String> listed(String texts) {
        return Stream.of(texts.split(","))
                .filter(text -> !text.isEmpty())
                .sorted()
                .toList();
    }

    private Hash next() {
        return Hash.sha256(ByteBuffer.allocate(4).putInt(serial++).array());
    }

    private VerifierKey key(String name, KeyType type) {
        return SigningKey.of(name, type, next().toByteArray()).verifierKey();
    }
}
