package se.samsyn.node.store;

import java.util.List;
import se.samsyn.node.store.Codec.BodyKey;
import se.samsyn.node.store.Codec.BundleKey;
import se.samsyn.node.store.Codec.PositionKey;
import se.samsyn.node.store.Codec.TileKey;
import se.samsyn.protocol.Hash;

/** The whole schema of the node's database. A name that was ever used is never used again for something else. */
public final class Columns {
    /** Version of this schema; a store of another version is refused. */
    static final long SCHEMA_VERSION = 3;

    /** What the store is: schema version, node, network. */
    static final Column<String, String> IDENTITY = new Column<>("identity", Codec.TEXT, Codec.TEXT);

    /** Signed notes of the federation root by version. */
    public static final Column<Long, byte[]> ROOT = new Column<>("root", Codec.NUMBER, Codec.BYTES);

    /** Private: trials by the registry number they are filed under, as JSON. */
    public static final Column<String, byte[]> TRIAL = records("trial");

    /** Private: sites by trial, hospital, city and region, as JSON. */
    public static final Column<String, byte[]> SITE = records("site");

    /** Private: who took part, by trial, home region, study region, month and pseudonym, as JSON. */
    public static final Column<String, byte[]> PARTICIPATION = records("participation");

    /** Private: cost items by their own key, as JSON. */
    public static final Column<String, byte[]> COST_ITEM = records("cost-item");

    /** Private: invoices of other regions by issuing region, number and trial, as JSON. */
    public static final Column<String, byte[]> RECEIVED_INVOICE = records("received-invoice");

    /** Private: trial units by their own key and quarter, as JSON. */
    public static final Column<String, byte[]> TRIAL_UNIT = records("trial-unit");

    /** Private: centres by product, hospital and region, as JSON. */
    public static final Column<String, byte[]> ATMP_CENTRE = records("atmp-centre");

    /** Private: grants by their own key, as JSON. */
    public static final Column<String, byte[]> GRANT = records("grant");

    /** Private: what colour a proposal was given, by proposal and day, as JSON. */
    public static final Column<String, byte[]> MEASURE_STATUS = records("measure-status");

    /** Private: how many patients there are, by year, region, condition, age and sex, as JSON. */
    public static final Column<String, byte[]> COHORT_COUNT = records("cohort-count");

    /** Private: signed proposals and answers, by issuer, payer, quarter, revision and which of the two. */
    public static final Column<String, byte[]> SETTLEMENT = new Column<>("settlement", Codec.TEXT, Codec.BYTES);

    /** All that holds the region's own records, and what it has settled on them with others. */
    public static final List<Column<String, byte[]>> RECORDS = List.of(
            TRIAL,
            SITE,
            PARTICIPATION,
            COST_ITEM,
            RECEIVED_INVOICE,
            TRIAL_UNIT,
            ATMP_CENTRE,
            GRANT,
            MEASURE_STATUS,
            COHORT_COUNT,
            SETTLEMENT);

    /** Private: since when a period is held from release by rule, seconds since 1970, by dataset and period. */
    public static final Column<String, Long> HELD = new Column<>("held", Codec.TEXT, Codec.NUMBER);

    /** Hash tiles of every log held, own and mirrored, each in the widest form known. */
    public static final Column<TileKey, byte[]> TILE = new Column<>("tile", Codec.TILE_KEY, Codec.BYTES);

    /** Entry bundles of every log held, each in the widest form known. */
    public static final Column<BundleKey, byte[]> BUNDLE = new Column<>("bundle", Codec.BUNDLE_KEY, Codec.BYTES);

    /** Bodies of summaries, outside the logs, so that a retracted one can go. */
    public static final Column<BodyKey, byte[]> BODY = new Column<>("body", Codec.BODY_KEY, Codec.BYTES);

    /** By node: size and root of the tree that the stored tiles make, as a checkpoint's text. */
    public static final Column<String, String> TREE = new Column<>("tree", Codec.TEXT, Codec.TEXT);

    /** By node: the newest checkpoint that the log's own key signed, as a note. */
    public static final Column<String, byte[]> SIGNED = new Column<>("signed", Codec.TEXT, Codec.BYTES);

    /** By node: the newest checkpoint under a quorum of cosignatures, as a note. */
    public static final Column<String, byte[]> PUBLISHED = new Column<>("published", Codec.TEXT, Codec.BYTES);

    /** Roots of all checkpoints that this node has known under a quorum, by node, time and size: what earlier views rest on. */
    public static final Column<PositionKey, Hash> POSITION = new Column<>("position", Codec.POSITION_KEY, Codec.HASH);

    /** As {@link #POSITION}, at the times that checkpoints have without the votes of the accused, which nobody published. */
    public static final Column<PositionKey, Hash> COUNTED_POSITION =
            new Column<>("counted-position", Codec.POSITION_KEY, Codec.HASH);

    /** By node: the time of this node's newest cosignature, eight bytes of seconds since 1970, and the note that it is of. */
    public static final Column<String, byte[]> COSIGNED = new Column<>("cosigned", Codec.TEXT, Codec.BYTES);

    /** Checkpoints that a log's key signed and this node refused, as notes, by the hash of the note. */
    public static final Column<BodyKey, byte[]> REFUSED = new Column<>("refused", Codec.BODY_KEY, Codec.BYTES);

    /** Evidence that keys signed two histories, the strongest against each key and log, as canonical JSON by its SHA-256. */
    public static final Column<Hash, byte[]> EVIDENCE = new Column<>("evidence", Codec.HASH, Codec.BYTES);

    static final List<Column<?, ?>> ALL = List.of(
            IDENTITY,
            ROOT,
            TRIAL,
            SITE,
            PARTICIPATION,
            COST_ITEM,
            RECEIVED_INVOICE,
            TRIAL_UNIT,
            ATMP_CENTRE,
            GRANT,
            MEASURE_STATUS,
            COHORT_COUNT,
            SETTLEMENT,
            HELD,
            TILE,
            BUNDLE,
            BODY,
            TREE,
            SIGNED,
            PUBLISHED,
            POSITION,
            COUNTED_POSITION,
            COSIGNED,
            REFUSED,
            EVIDENCE);

    private Columns() {}

    private static Column<String, byte[]> records(String kind) {
        return new Column<>(kind, Codec.TEXT, Codec.BYTES);
    }
}
