package se.samsyn.protocol.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;
import se.samsyn.protocol.root.AuthorisedDataset;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.Derivation;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.view.NationalPicture;
import se.samsyn.protocol.view.RejectedSummary;
import se.samsyn.protocol.view.ViewQuery;
import se.samsyn.protocol.witness.Accusations;

/** Derives the live heads from verified logs, computes each claimed view anew and compares the bytes. */
final class ViewAudit {
    private final AuditBundle bundle;
    private final RootChain chain;
    private final Map<String, AuditedLog> logs;
    private final Findings findings;
    private final Map<Hash, DatasetDefinition> definitions = new LinkedHashMap<>();
    private final Map<String, NationalPicture> pictures = new TreeMap<>();
    private final BasisAudit bases;

    ViewAudit(AuditBundle bundle, RootChain chain, Map<String, AuditedLog> logs, long nowSeconds, Findings findings) {
        this.bundle = bundle;
        this.chain = chain;
        this.logs = logs;
        this.findings = findings;
        this.bases = new BasisAudit(bundle, chain, logs, nowSeconds);
    }

    void run() {
        readDefinitions();
        List<BundlePath> views = bundle.ofKind(BundlePath.Kind.VIEW);
        for (BundlePath path : views) {
            check("view/" + path.name() + ".json");
        }
        if (views.isEmpty()) {
            findings.unchecked("views: none is claimed");
        }
        tellRejected();
        findings.attested.add("that summaries say what the members' records hold, by the publisher keys' signatures");
        definitions.values().stream()
                .flatMap(definition -> definition.tables().stream()
                        .flatMap(table -> table.disclosure().stream())
                        .map(rule -> "that no " + rule.contributor()
                                + " holds more than " + rule.dominancePercent()
                                + " % of a published sum of dataset "
                                + definition.dataset() + ", by the publisher keys' signatures"))
                .distinct()
                .forEach(findings.attested::add);
    }

    private void readDefinitions() {
        for (BundlePath path : bundle.ofKind(BundlePath.Kind.DEFINITION)) {
            String where = "definition/" + path.name() + ".json";
            byte[] bytes = bundle.file(where).orElseThrow();
            boolean right = findings.holds(CheckKind.DEFINITION, where, () -> {
                Hash hash = Hash.sha256(bytes);
                if (!hash.toHex().equals(path.name())) {
                    throw new RefutedException("SHA-256 of its bytes is " + hash);
                }
                DatasetDefinition definition = DatasetDefinition.parse(bytes);
                if (chain.roots().stream().noneMatch(root -> root.authorises(definition.dataset(), hash))) {
                    throw new RefutedException(
                            "no version of the federation root authorises it for dataset " + definition.dataset());
                }
                definitions.put(hash, definition);
            });
            if (right) {
                findings.verified(CheckKind.DEFINITION, where, "authorised");
            }
        }
        for (AuthorisedDataset dataset : chain.newest().datasets()) {
            if (!definitions.containsKey(dataset.definition())) {
                findings.unchecked("bodies of dataset " + dataset.name() + " against definition " + dataset.definition()
                        + ", which is not here");
            }
        }
    }

    private void check(String where) {
        List<JsonNode> parsed = new ArrayList<>();
        byte[] claimed = bundle.file(where).orElseThrow();
        boolean readable = findings.holds(CheckKind.VIEW, where, () -> {
            JsonNode json = CanonicalJson.parseCanonical(claimed);
            JsonSchema.named(isFeasibility(json) ? "feasibility-view" : "view").check(json);
            parsed.add(json);
        });
        if (!readable) {
            return;
        }
        JsonNode json = parsed.get(0);
        List<Basis> basis = new ArrayList<>();
        List<Accusations> accusations = new ArrayList<>();
        boolean right = findings.holds(CheckKind.BASIS, where, () -> {
            Basis one = Basis.parse(CanonicalJson.encode(json.get("basis")));
            accusations.add(bases.verify(one));
            basis.add(one);
        });
        if (!right) {
            return;
        }
        findings.verified(
                CheckKind.BASIS,
                where,
                "as of " + Instant.ofEpochSecond(basis.get(0).atSeconds()));
        Optional<String> missing = missing(basis.get(0), json);
        if (missing.isPresent()) {
            findings.notChecked(CheckKind.VIEW, where, missing.get());
            return;
        }
        boolean same = findings.holds(CheckKind.VIEW, where, () -> {
            FederationRoot root = chain.version(basis.get(0).rootVersion());
            NationalPicture picture = picture(root, basis.get(0), accusations.get(0));
            byte[] own = isFeasibility(json)
                    ? picture.feasibility(Hash.parseHex(json.get("feasibility").textValue()), basis.get(0))
                            .encode()
                    : picture.view(query(json.get("query")), basis.get(0)).encode();
            int difference = Arrays.mismatch(own, claimed);
            if (difference >= 0) {
                throw new RefutedException("byte " + difference + " differs from what the logs give: "
                        + excerpt(claimed, difference) + ", expected " + excerpt(own, difference));
            }
        });
        if (same) {
            findings.views++;
            findings.verified(CheckKind.VIEW, where, claimed.length + " bytes as computed from the logs");
        }
    }

    /** What it would take to compute the view and is not here. */
    private Optional<String> missing(Basis basis, JsonNode view) {
        FederationRoot root = chain.version(basis.rootVersion());
        for (LogBasis log : basis.logs()) {
            if (!logs.containsKey(log.node())) {
                return Optional.of(
                        "the log of " + log.node() + " did not verify, or has statements of an unknown kind");
            }
        }
        for (Hash definition : named(view)) {
            if (!definitions.containsKey(definition)) {
                return Optional.of("its definition " + definition + " is not here");
            }
        }
        return root.datasets().stream()
                .filter(dataset -> !definitions.containsKey(dataset.definition()))
                .findFirst()
                .map(dataset ->
                        "definition " + dataset.definition() + " of dataset " + dataset.name() + " is not here");
    }

    private NationalPicture picture(FederationRoot root, Basis basis, Accusations accusations) {
        return pictures.computeIfAbsent(root.version() + " " + basis.evidence(), key -> {
            // all versions: a release is judged by its own, and the view is asked in the newest
            List<DatasetDefinition> kept = new ArrayList<>();
            definitions.forEach((hash, definition) -> {
                if (root.authorises(definition.dataset(), hash)) {
                    kept.add(definition);
                }
            });
            NationalPicture picture = new NationalPicture(root, kept, accusations);
            for (AuditedLog log : logs.values()) {
                if (basis.log(log.node()).isPresent()) {
                    picture.advance(
                            log.node(),
                            0,
                            log.statements(),
                            sha256 -> bundle.file("log/" + log.node() + "/summary/" + sha256.toHex()));
                }
            }
            return picture;
        });
    }

    /** The definitions that a view names: its own, and that of another dataset that it reads. */
    private static List<Hash> named(JsonNode view) {
        List<Hash> named =
                new ArrayList<>(List.of(Hash.parseHex(view.get("definition").textValue())));
        JsonNode read = view.path("derived").path("reads").path("definition");
        if (read.isTextual()) {
            named.add(Hash.parseHex(read.textValue()));
        }
        return named;
    }

    private void tellRejected() {
        pictures.values().stream()
                .flatMap(picture -> picture.rejectedSummaries().stream())
                .map(ViewAudit::text)
                .distinct()
                .forEach(findings.rejected::add);
    }

    private static String text(RejectedSummary rejected) {
        return Findings.shown("log/" + rejected.node() + " " + rejected.dataset() + " " + rejected.period() + ": "
                + rejected.reason());
    }

    /** Of the two kinds of views, the one of a request. */
    private static boolean isFeasibility(JsonNode view) {
        return view.has("feasibility");
    }

    private static ViewQuery query(JsonNode json) {
        return new ViewQuery(
                json.get("dataset").textValue(),
                Optional.ofNullable(json.get("table")).map(JsonNode::textValue),
                StreamSupport.stream(json.get("group").spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList(),
                Optional.ofNullable(json.get("from")).map(from -> Period.parse(from.textValue())),
                Optional.ofNullable(json.get("to")).map(to -> Period.parse(to.textValue())),
                json.get("byRegion").booleanValue(),
                Optional.ofNullable(json.get("derive")).map(derive -> Derivation.parse(derive.textValue())));
    }

    private static String excerpt(byte[] bytes, int at) {
        int from = Math.max(0, at - 20);
        int to = Math.min(bytes.length, at + 20);
        return "…" + new String(Arrays.copyOfRange(bytes, from, Math.max(from, to)), StandardCharsets.UTF_8) + "…";
    }
}
