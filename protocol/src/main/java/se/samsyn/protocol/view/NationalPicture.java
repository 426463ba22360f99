package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.statement.FeasibilityAnswer;
import se.samsyn.protocol.statement.FeasibilityRequest;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.Evidence.Accusation;

/**
 * All members' logs folded into what a national view needs, kept merged as entries arrive (DESIGN section 7).
 *
 * <p>What it answers is a function of the entries that it was given, log by log in their order; the order in which the
 * logs took turns and how their entries were batched cannot be seen. It is for one thread at a time.
 */
public final class NationalPicture {
    private final FederationRoot root;
    private final SortedMap<String, MemberLog> logs = new TreeMap<>();
    private final DatasetPictures datasets;
    private final FeasibilityFold feasibility = new FeasibilityFold();
    private Accusations accusations;

    /** A member, the fold of its log, and what that fold touched that was not judged yet. */
    private record MemberLog(Member member, LiveHeads heads, Set<Subject> unjudged) {}

    /** A picture of empty logs, none of which is accused of anything. */
    public NationalPicture(FederationRoot root, Collection<DatasetDefinition> definitions) {
        this(root, definitions, Accusations.NONE);
    }

    /**
     * A picture of empty logs.
     *
     * @param root says who belongs and what is summarised
     * @param definitions the datasets to keep, of each any versions of its definition, of which the newest is asked about
     * @param accusations the positions from which accused logs are not merged
     * @throws RefutedException if the root does not authorise one of them
     * @throws MalformedException if two of a dataset have the same version
     */
    public NationalPicture(FederationRoot root, Collection<DatasetDefinition> definitions, Accusations accusations) {
        this.root = root;
        this.datasets = new DatasetPictures(root, definitions);
        this.accusations = accusations;
        for (Member member : root.members()) {
            LiveHeads heads = new LiveHeads(member.node(), datasets::inadmissible, against(member));
            logs.put(member.node(), new MemberLog(member, heads, new LinkedHashSet<>()));
        }
    }

    /**
     * Takes the next entries of a member's log. Whatever happens in {@code bodies}, no entry is taken twice: after a
     * failure, go on with the next entries, or none, from the {@link #size} that the log then has.
     *
     * @param node the member
     * @param fromSize how many entries were taken before
     * @param entries the next ones, verified, in the order of the log
     * @param bodies where every body that is named and not retracted can be read
     * @throws RefutedException if the node is no member
     * @throws IllegalArgumentException if another number of entries was taken before
     */
    public void advance(String node, long fromSize, List<VerifiedStatement> entries, BodySource bodies) {
        MemberLog log = log(node);
        if (log.heads.size() != fromSize) {
            throw new IllegalArgumentException("the log of " + node + " stands at size " + log.heads.size()
                    + " and cannot go on from " + fromSize);
        }
        Optional<Accusation> accusation = against(log.member);
        for (VerifiedStatement entry : entries) {
            long index = log.heads.size();
            log.heads.append(entry).ifPresent(log.unjudged::add);
            if (accusation.filter(accused -> index >= accused.size()).isEmpty()) {
                feasibility.append(node, entry).ifPresent(cited -> log.unjudged.add(cited.subject()));
            }
        }
        // all entries come first: a body may be gone because a later one of them retracts it
        for (Subject subject : List.copyOf(log.unjudged)) {
            judge(log, subject, bodies);
            feasibility.cited(node, subject).forEach(cited -> judge(log, cited, bodies));
            log.unjudged.remove(subject);
        }
    }

    /**
     * Takes other evidence for the same accusations.
     *
     * @return false if what is accused differs: then a new picture must be made from the logs
     */
    public boolean accept(Accusations next) {
        boolean same = next.hasSameEffectAs(accusations);
        if (same) {
            accusations = next;
        }
        return same;
    }

    /**
     * How many entries of a member's log were taken.
     *
     * @throws RefutedException if the node is no member
     */
    public long size(String node) {
        return log(node).heads.size();
    }

    /** The names of the datasets that the picture keeps, sorted. */
    public Set<String> datasets() {
        return datasets.names();
    }

    /**
     * The newest version of a dataset's definition.
     *
     * @throws MalformedException if the picture keeps no such dataset, saying which it keeps
     */
    public DatasetDefinition definition(String dataset) {
        return datasets.require(dataset).definition();
    }

    /** The bodies that are live: of each chain of releases the newest, unless it was retracted. */
    public Set<Hash> liveBodies() {
        Set<Hash> bodies = new TreeSet<>();
        logs.values().forEach(log -> bodies.addAll(log.heads.liveBodies()));
        return bodies;
    }

    /**
     * What a member's log holds that does not count, the newest last.
     *
     * @throws RefutedException if the node is no member
     */
    public List<Rejection> latestRejections(String node) {
        return log(node).heads.latestRejections();
    }

    /** The newest releases that do not count, by node, dataset and period, each with the reason. */
    public List<RejectedSummary> rejectedSummaries() {
        return logs.keySet().stream()
                .flatMap(node -> datasets.all().stream().flatMap(dataset -> dataset.rejected(node).stream()))
                .toList();
    }

    /**
     * Answers a query.
     *
     * @param basis the state that the picture is in; its instant judges ages and due dates
     * @throws MalformedException if the query asks for what is not there, or for more than {@link DatasetPicture#MAX_FIGURES}
     * @throws IllegalArgumentException if the picture is in another state than the basis
     */
    public NationalView view(ViewQuery query, Basis basis) {
        DatasetPicture dataset = datasets.require(query.dataset());
        query.check(dataset.definition());
        checkState(basis);
        LocalDate today = basis.today();
        List<Period> expected = dataset.definition().period().expected(today);
        List<Period> periods = query.select(expected);
        List<Axis> axes = dataset.axes(query);
        dataset.checkFigures(query, axes, periods.size());
        List<MemberPart> parts = new ArrayList<>();
        List<String> keepers = new ArrayList<>();
        for (MemberLog log : logs.values()) {
            if (HeadCheck.isKeptBy(dataset.definition(), log.member)) {
                parts.add(part(log, dataset, query, periods, basis));
                keepers.add(log.member.node());
            }
        }
        return new NationalView(
                dataset.versions(),
                query,
                basis,
                periods,
                axes,
                parts,
                dataset.figures(query, periods),
                dataset.disputed(Set.copyOf(periods)),
                query.derive().filter(Derivation::readsTrials).isPresent()
                        ? dataset.trials(Set.copyOf(periods))
                        : List.of(),
                dataset.listed(Set.copyOf(periods)),
                query.derive()
                        .flatMap(derivation -> derivation.reads(dataset.definition()))
                        .map(name -> reading(name, basis)),
                periods.contains(Period.UNKNOWN) ? 0 : dataset.trialsOfUnknownYear(),
                dataset.isWhole(keepers, expected, query.table(), today),
                NationalView.isCurrent(root, basis));
    }

    /**
     * Who answered a feasibility request, and what.
     *
     * @param request leaf hash of its entry
     * @param basis the state that the picture is in
     * @throws RefutedException if no log has it, or it does not hold, saying why
     * @throws IllegalArgumentException if the picture is in another state than the basis
     */
    public FeasibilityView feasibility(Hash request, Basis basis) {
        return judged(basis).view(request, basis);
    }

    /** The feasibility requests in all logs, oldest first: what {@code GET /api/v1/feasibility} lists. */
    public ArrayNode feasibilityRequests(Basis basis) {
        return judged(basis).list(basis);
    }

    /** A feasibility request; throws as {@link #feasibility} does. */
    public FeasibilityRequest feasibilityRequest(Hash request, Basis basis) {
        return judged(basis).request(request, basis);
    }

    /**
     * How many patients of a member meet the criteria of a request, by its newest release that counts.
     *
     * @param period to count in; the newest that counts unless given
     * @return nothing if it has no such release
     * @throws RefutedException if it is under a version of the definition that cannot be compared with the request's
     */
    public Optional<FeasibilityAnswer.Eligible> eligible(
            String node, FeasibilityRequest request, Optional<Period> period) {
        MemberLog log = log(node);
        return datasets.require(request.dataset())
                .newestAccepted(node, period)
                .map(found -> new FeasibilityAnswer.Eligible(
                        request.dataset(),
                        found.getKey(),
                        log.heads
                                .headOf(new Subject(request.dataset(), found.getKey()))
                                .sha256(),
                        EligibleFigure.of(asked().values(found.getValue(), request), request.criteria())));
    }

    private FeasibilityPicture judged(Basis basis) {
        checkState(basis);
        return asked();
    }

    private FeasibilityPicture asked() {
        return new FeasibilityPicture(root, feasibility, datasets::definition);
    }

    private void judge(MemberLog log, FeasibilityFold.Cited cited, BodySource bodies) {
        Optional<DatasetPicture> dataset = datasets.find(cited.subject().dataset());
        if (dataset.isEmpty() || dataset.get().definition().tables().isEmpty()) {
            return;
        }
        List<Release> chain = log.heads.chain(cited.subject());
        for (int i = 0; i < chain.size(); i++) {
            if (chain.get(i).sha256().equals(cited.sha256())) {
                HeadCheck check = new HeadCheck(dataset.get(), log.member, bodies);
                feasibility.replace(cited, check.judge(cited.subject(), chain.subList(0, i + 1)));
                return;
            }
        }
        feasibility.replace(
                cited,
                new Verdict.NotCounted(Standing.rejected(
                        "this log has no release of " + cited.subject() + " with body " + cited.sha256())));
    }

    /** What all members told of another dataset: of a roster the newest of each thing, of a register the conflicts. */
    private Reading reading(String name, Basis basis) {
        DatasetPicture dataset = datasets.require(name);
        List<Period> periods = dataset.definition().period().expected(basis.today());
        List<String> keepers = logs.values().stream()
                .map(log -> log.member)
                .filter(member -> HeadCheck.isKeptBy(dataset.definition(), member))
                .map(Member::node)
                .toList();
        if (dataset.definition().register().isPresent()) {
            SortedMap<String, Integer> rejected = new TreeMap<>();
            rejectedSummaries().forEach(summary -> rejected.merge(summary.node(), 1, Integer::sum));
            return new RegisterReading(
                    dataset.definition(),
                    dataset.versions().newestHash(),
                    dataset.disputed(),
                    dataset.isWhole(keepers, periods, Optional.empty(), basis.today()),
                    rejected);
        }
        SortedMap<String, Optional<Period>> newest = new TreeMap<>();
        keepers.forEach(node -> newest.put(node, dataset.newestTold(node, periods, basis.today())));
        return new RosterReading(
                dataset.definition(), dataset.versions().newestHash(), dataset.newest(Set.copyOf(periods)), newest);
    }

    private Optional<Accusation> against(Member member) {
        return accusations.againstLog(member.origin(), member.logKeys(), root.ends());
    }

    private MemberPart part(MemberLog log, DatasetPicture dataset, ViewQuery query, List<Period> periods, Basis basis) {
        String node = log.member.node();
        List<Standing> standings = periods.stream()
                .map(period -> dataset.standing(node, period, query.table(), basis.today()))
                .toList();
        List<Optional<Integer>> versions =
                periods.stream().map(period -> dataset.version(node, period)).toList();
        List<Optional<Published>> published = periods.stream()
                .map(period -> query.table().flatMap(table -> dataset.published(node, period, table)))
                .toList();
        return new MemberPart(
                log.member,
                basis.log(node),
                standings,
                versions,
                published,
                log.heads.rejections(),
                log.heads.latestRejections(),
                against(log.member));
    }

    private void judge(MemberLog log, Subject subject, BodySource bodies) {
        Optional<DatasetPicture> kept = datasets.find(subject.dataset());
        // what an older version divides time into, and the newest does not, is in no view
        if (kept.isEmpty() || !kept.get().definition().period().has(subject.period())) {
            return;
        }
        DatasetPicture dataset = kept.get();
        List<Release> chain = log.heads.chain(subject);
        Optional<Rejection> rejection = log.heads.rejection(subject);
        if (!chain.isEmpty()) {
            Verdict verdict = new HeadCheck(dataset, log.member, bodies).judge(subject, chain);
            dataset.replace(log.member.node(), subject.period(), verdict);
        } else if (rejection.isPresent()) {
            Verdict verdict =
                    new Verdict.NotCounted(Standing.rejected(rejection.get().reason()));
            dataset.replace(log.member.node(), subject.period(), verdict);
        }
    }

    private void checkState(Basis basis) {
        if (basis.rootVersion() != root.version() || !basis.rootHash().equals(root.hash())) {
            throw new IllegalArgumentException("the basis is under another federation root than the picture");
        }
        if (!basis.evidence().equals(accusations.evidence())) {
            throw new IllegalArgumentException("the basis has other evidence than the picture");
        }
        Map<String, Long> sizes = new HashMap<>();
        basis.logs().forEach(log -> sizes.put(log.node(), log.head().size()));
        logs.forEach((node, log) -> {
            long size = sizes.getOrDefault(node, 0L);
            if (log.heads.size() != size) {
                throw new IllegalArgumentException("the basis has the log of " + node + " at size " + size
                        + ", the picture at " + log.heads.size());
            }
            if (!log.unjudged.isEmpty()) {
                throw new IllegalStateException("the log of " + node + " was not taken to its end");
            }
        });
        if (!logs.keySet().containsAll(sizes.keySet())) {
            throw new IllegalArgumentException("the basis has a log of a node that is no member");
        }
    }

    private MemberLog log(String node) {
        MemberLog log = logs.get(node);
        if (log == null) {
            throw new RefutedException("the federation root has no member " + node);
        }
        return log;
    }
}
