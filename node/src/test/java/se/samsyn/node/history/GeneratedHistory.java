package se.samsyn.node.history;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import se.samsyn.node.SettableClock;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.release.ReleaseReport;
import se.samsyn.node.store.FailPoint;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Period;

/** One history: what a network's people, its machines and its enemies do in the order that a seed gives. */
final class GeneratedHistory implements AutoCloseable {
    private static final int MAX_KILL_MOMENTS = 24;
    private static final int ANSWER_EVERY = 8;
    private static final int LIE_EVERY = 2;

    final Plan plan;
    final GeneratedNetwork network;
    final SettableClock clock = new SettableClock(GeneratedNetwork.START);
    final SeenCheckpoints seen;
    final GeneratedWire wire;
    final Map<String, GeneratedNode> nodes = new TreeMap<>();
    final Optional<LyingMember> liar;
    final Set<String> gone = new TreeSet<>();
    final Acknowledged acknowledged = new Acknowledged();
    final List<String> operations = new ArrayList<>();
    final List<String> faults = new ArrayList<>();
    final SplittableRandom random;
    private final Map<String, MemberRecords> records = new HashMap<>();
    private final Map<String, List<Runnable>> undone = new HashMap<>();
    final Recovery recovery;
    final RootChanges rootChanges;
    final EarlierAnswers answers = new EarlierAnswers(this);
    private final NetworkTrouble networkTrouble;
    private final Set<String> leaving = new TreeSet<>();

    GeneratedHistory(long seed, Stores stores) {
        random = new SplittableRandom(seed);
        plan = Plan.of(random);
        network = GeneratedNetwork.of(plan.members(), plan.postQuantum());
        List<String> names = new ArrayList<>(network.nodes());
        Set<String> liars = new HashSet<>();
        if (plan.liars() > 0) {
            liars.add(names.remove(random.nextInt(names.size())));
        }
        seen = new SeenCheckpoints(liars, network.allLogKeys());
        wire = new GeneratedWire(random.split(), seen);
        for (String name : names) {
            Path place = stores.fresh(network, name);
            nodes.put(name, new GeneratedNode(name, network, wire, clock, random.split(), place, operations::add));
            records.put(name, new MemberRecords(network.indexOf(name), network.county(name)));
        }
        liar = liars.stream().findFirst().map(name -> new LyingMember(name, network, wire, clock, random.split()));
        while (leaving.size() < plan.absent()) {
            leaving.add(names.get(random.nextInt(names.size())));
        }
        recovery = new Recovery(this, stores, records);
        rootChanges = new RootChanges(this);
        networkTrouble = new NetworkTrouble(network, wire, random, operations::add);
    }

    /** Begins and goes through all steps. */
    void unfold() {
        nodes.values().forEach(GeneratedNode::start);
        for (int step = 0; step < plan.steps(); step++) {
            operate();
            turns(3 + random.nextInt(25));
            if (random.nextInt(ANSWER_EVERY) == 0) {
                answers.ask(pick(List.copyOf(nodes.values())));
            }
            if (random.nextInt(LIE_EVERY) == 0) {
                liar.ifPresent(member -> operations.add("the liar " + member.act() + ", " + member.act()));
            }
        }
        for (String name : leaving) {
            leave(name);
        }
    }

    /** Those that are there at the end, or come back. */
    List<GeneratedNode> staying() {
        return nodes.values().stream()
                .filter(node -> !gone.contains(node.name()))
                .toList();
    }

    MemberRecords records(String node) {
        return Objects.requireNonNull(records.get(node), node);
    }

    /** Starts a stopped or killed node, and does again what its people have had no answer of. */
    boolean start(GeneratedNode node) {
        if (!recovery.canStart(node)) {
            return false;
        }
        operations.add("start " + Request.shortName(node.name()));
        if (!node.start()) {
            return false;
        }
        List<Runnable> again = undone.computeIfAbsent(node.name(), name -> new ArrayList<>());
        while (!again.isEmpty() && node.isUp()) {
            if (node.run(() -> {
                        again.get(0).run();
                        return true;
                    })
                    .isPresent()) {
                again.remove(0);
            }
        }
        return node.isUp();
    }

    private void operate() {
        List<String> names = List.copyOf(nodes.keySet());
        GeneratedNode node = Objects.requireNonNull(nodes.get(names.get(random.nextInt(names.size()))));
        int what = random.nextInt(100);
        if (gone.contains(node.name())) {
            return;
        }
        if (!node.isUp()) {
            if (what < 60) {
                start(node);
            } else {
                recovery.operate(node);
            }
        } else if (what < 40) {
            workOf(node, what);
        } else if (what < 58) {
            troubleOf(node, what);
        } else if (what < 58 + NetworkTrouble.KINDS) {
            networkTrouble.operate(node.name(), what - 58);
        } else if (what < 86) {
            clock.advance(Duration.ofSeconds(1 + random.nextInt(7_200)));
            operations.add("it is " + clock.instant());
        } else if (what < 88) {
            rootChanges.operate(node);
        } else if (what < 90 && leaving.contains(node.name())) {
            leave(node.name());
        }
    }

    private void workOf(GeneratedNode node, int what) {
        if (what < 11) {
            importItems(node, pick(MemberRecords.QUARTERS));
        } else if (what < 16) {
            importTrials(node, pick(MemberRecords.years(network.indexOf(node.name()))));
        } else if (what < 19) {
            correctTrials(node, pick(MemberRecords.years(network.indexOf(node.name()))));
        } else if (what < 32) {
            releaseByRule(node);
        } else if (what < 36) {
            retract(node);
        } else {
            releaseByPerson(node);
        }
    }

    private void troubleOf(GeneratedNode node, int what) {
        String name = Request.shortName(node.name());
        if (what < 52) {
            if (random.nextBoolean()) {
                int moments = random.nextInt(MAX_KILL_MOMENTS);
                operations.add("kill " + name + " in " + moments + " moments");
                node.kills().in(moments);
            } else {
                FailPoint point = pick(List.of(FailPoint.values()));
                boolean before = random.nextBoolean();
                operations.add("kill " + name + (before ? " before " : " after ") + point);
                node.kills().at(point, before);
            }
        } else if (what < 55) {
            operations.add("stop " + name);
            node.stop();
        } else {
            recovery.backUp(node);
        }
    }

    private void importItems(GeneratedNode node, String quarter) {
        MemberRecords mine = records(node.name());
        if (mine.addItems(quarter)) {
            operations.add(Request.shortName(node.name()) + " imports items of " + quarter);
            bring(node, RecordKind.COST_ITEM, mine.costs(quarter));
        }
    }

    private void importTrials(GeneratedNode node, String year) {
        MemberRecords mine = records(node.name());
        if (mine.addTrial(year, random.nextInt(4))) {
            operations.add(Request.shortName(node.name()) + " imports trials of " + year);
            bring(node, RecordKind.TRIAL, mine.trials(year));
            bring(node, RecordKind.SITE, mine.sites(year));
        }
    }

    private void correctTrials(GeneratedNode node, String year) {
        MemberRecords mine = records(node.name());
        if (mine.correctTrial(year, random.nextInt(7))) {
            operations.add(Request.shortName(node.name()) + " corrects a trial of " + year);
            bring(node, RecordKind.TRIAL, mine.trials(year));
        }
    }

    /** A file whose import was not answered is imported again once the node is back. */
    private void bring(GeneratedNode node, RecordKind kind, String csv) {
        Runnable work = () -> importFile(node, kind, csv);
        List<Runnable> again = undone.computeIfAbsent(node.name(), name -> new ArrayList<>());
        if (!again.isEmpty()
                || node.run(() -> {
                            work.run();
                            return true;
                        })
                        .isEmpty()) {
            again.add(work);
        }
    }

    /** Has a node release what its rule says; whatever comes of it is what its people were told. */
    void releaseByRule(GeneratedNode node) {
        releaseHeld(node);
        operations.add(Request.shortName(node.name()) + " releases by rule");
        new TreeMap<>(Map.of(MemberRecords.COSTS, RecordKind.COST_ITEM, MemberRecords.TRIALS, RecordKind.TRIAL))
                .forEach((dataset, kind) -> release(
                        node,
                        dataset,
                        every -> true,
                        () -> node.member().intake().releaseByRule(List.of(kind))));
    }

    /** Has all files that a member's people have imported once more when its node starts. */
    void bringAll(GeneratedNode node) {
        MemberRecords mine = records(node.name());
        List<Runnable> again = new ArrayList<>();
        for (String quarter : mine.periods(MemberRecords.COSTS)) {
            again.add(() -> importFile(node, RecordKind.COST_ITEM, mine.costs(quarter)));
        }
        for (String year : mine.periods(MemberRecords.TRIALS)) {
            again.add(() -> importFile(node, RecordKind.TRIAL, mine.trials(year)));
            again.add(() -> importFile(node, RecordKind.SITE, mine.sites(year)));
        }
        undone.put(node.name(), again);
    }

    private static void importFile(GeneratedNode node, RecordKind kind, String csv) {
        node.member().intake().importCsv(kind, csv.getBytes(StandardCharsets.UTF_8));
    }

    private void release(
            GeneratedNode node, String dataset, Predicate<String> asked, Supplier<List<ReleaseReport>> releasing) {
        if (!node.isUp()
                || recovery.isUnsettled(node)
                || !undone.getOrDefault(node.name(), List.of()).isEmpty()) {
            return;
        }
        long before = logSize(node);
        MemberRecords mine = records(node.name());
        Optional<List<ReleaseReport>> reports = node.run(releasing);
        if (reports.isEmpty()) {
            acknowledged.releaseUnclear(node.name(), dataset, mine, before);
        } else {
            reports.get().forEach(report -> acknowledged.released(node.name(), report, asked, mine, logSize(node)));
        }
    }

    /** A person releases what a restore has put on hold, since the files were brought again by then. */
    private void releaseHeld(GeneratedNode node) {
        for (String dataset : List.of(MemberRecords.COSTS, MemberRecords.TRIALS)) {
            Set<Period> held = node.isUp() ? recovery.held(node, dataset) : Set.of();
            if (!held.isEmpty()) {
                operations.add(Request.shortName(node.name()) + " releases " + dataset + " " + held + " again");
                releaseByPerson(node, dataset, held);
            }
        }
    }

    private void releaseByPerson(GeneratedNode node) {
        String dataset = random.nextBoolean() ? MemberRecords.COSTS : MemberRecords.TRIALS;
        Set<String> periods = records(node.name()).periods(dataset);
        if (!periods.isEmpty()) {
            String period = pick(List.copyOf(periods));
            operations.add(Request.shortName(node.name()) + " releases " + dataset + " " + period + " by a person");
            releaseByPerson(node, dataset, Set.of(Period.parse(period)));
        }
    }

    private void releaseByPerson(GeneratedNode node, String dataset, Set<Period> asked) {
        release(
                node,
                dataset,
                period -> asked.contains(Period.parse(period)),
                () -> List.of(node.member().intake().release(dataset, asked)));
    }

    private void retract(GeneratedNode node) {
        List<Subject> mine = acknowledged.subjects().stream()
                .filter(subject -> subject.node().equals(node.name()))
                .toList();
        if (mine.isEmpty() || !node.isUp() || recovery.isUnsettled(node)) {
            return;
        }
        Subject subject = pick(mine);
        answers.stop();
        operations.add("retract " + subject);
        Set<String> may = acknowledged.may(subject);
        boolean certain =
                may.size() == 1 && !may.contains(Acknowledged.NOTHING) && !may.contains(Acknowledged.WITHDRAWN);
        long before = logSize(node);
        try {
            boolean done = node.run(() -> {
                        node.member()
                                .releaser()
                                .retract(network.definition(subject.dataset()), Period.parse(subject.period()), false);
                        return true;
                    })
                    .isPresent();
            if (done) {
                acknowledged.retracted(subject, logSize(node));
            } else {
                acknowledged.retractionUnclear(subject, before);
            }
        } catch (RefutedException e) {
            if (certain) {
                faults.add(subject + " cannot be retracted although it was released: " + e.getMessage());
            }
        }
    }

    /** Brings the last word of everybody's records to everybody: what was refused while something was away is asked for again. */
    void releaseAll() {
        staying().forEach(this::releaseByRule);
    }

    private void leave(String name) {
        if (gone.add(name)) {
            operations.add(Request.shortName(name) + " leaves for good");
            GeneratedNode node = Objects.requireNonNull(nodes.get(name));
            node.stop();
        }
    }

    private void turns(int count) {
        List<GeneratedNode> all = List.copyOf(nodes.values());
        for (int i = 0; i < count; i++) {
            pick(all).anyTurn();
            if (random.nextInt(12) == 0) {
                clock.advance(Duration.ofSeconds(random.nextInt(10)));
            }
        }
    }

    static long logSize(GeneratedNode node) {
        return node.member().log().head().size();
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    @Override
    public void close() {
        for (GeneratedNode node : nodes.values()) {
            node.stop();
            Stores.delete(node.directory());
        }
    }
}
