package se.samsyn.protocol.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.Period;

/**
 * A reader with the totals of all revisions, which both parties tell, and with the issuer's costs of the quarter, and with linear algebra:
 * whatever can be calculated from them of a few care events alone shows as a rank that falls when these are taken away. It shares no line
 * with the product's own check, which tries combinations.
 */
class TotalsAttackTest {
    private static final int DATASETS = 1_000;
    private static final int K = 5;
    private static final Between BETWEEN =
            new Between("issuer.example", "payer.example", Period.parse("2025-Q3"), 1, 1, K);

    /** What was done for a person in a trial, and what it cost; each stands for itself in the reader's equations. */
    private record Event(int person, String trial, long amountOre) {}

    /** An invoice with its events. */
    private record Invoice(LineKey key, List<Integer> events) {}

    /** What was told, as a row of coefficients, one an event. */
    private record Equation(double[] of) {}

    private final List<Event> events = new ArrayList<>();
    private final List<Invoice> invoices = new ArrayList<>();
    private final Set<Integer> notInvoiced = new HashSet<>();

    @Test
    void nothingOfFewerParticipantsThanPromisedFollowsFromTotalsAndCosts() {
        int told = 0;
        int revised = 0;
        int broken = 0;
        for (int seed = 0; seed < DATASETS; seed++) {
            generate(new SplittableRandom(seed));
            List<Exchange> revisions = revisions(new SplittableRandom(seed));
            List<Exchange> telling = revisions.stream()
                    .filter(revision -> revision.answer().tells().isPresent())
                    .toList();
            assertThat(isBroken(telling)).as("seed %d", seed).isFalse();
            told += telling.stream().anyMatch(revision -> !tells(revision).isEmpty()) ? 1 : 0;
            revised += telling.stream()
                                    .filter(revision -> !tells(revision).isEmpty())
                                    .count()
                            > 1
                    ? 1
                    : 0;
            broken += isBroken(
                            revisions.stream().map(TotalsAttackTest::everything).toList())
                    ? 1
                    : 0;
        }
        assertThat(told).as("settlements of which something is told").isGreaterThan(DATASETS / 5);
        assertThat(revised).as("settlements that are told a second time").isGreaterThan(DATASETS / 20);
        assertThat(broken).as("settlements broken when everything is told").isGreaterThan(DATASETS / 2);
    }

    private void generate(SplittableRandom random) {
        events.clear();
        invoices.clear();
        notInvoiced.clear();
        int trials = 2 + random.nextInt(5);
        int count = 2 + random.nextInt(14);
        int person = 0;
        for (int i = 0; i < count; i++) {
            String trial = "2018-00123" + random.nextInt(trials) + "-12";
            List<Integer> own = new ArrayList<>();
            int persons = 1 + random.nextInt(7);
            for (int j = 0; j < persons; j++) {
                own.add(events.size());
                events.add(new Event(person++, trial, 1L + random.nextInt(100_000)));
            }
            invoices.add(new Invoice(new LineKey("12", "F-" + (100 + i), trial, "14"), own));
        }
        int rest = random.nextInt(3) == 0 ? random.nextInt(10) : 0;
        for (int i = 0; i < rest; i++) {
            notInvoiced.add(events.size());
            events.add(
                    new Event(person++, "2018-00123" + random.nextInt(trials) + "-12", 1L + random.nextInt(100_000)));
        }
    }

    /** Revisions in which outcomes change; each asks for the same. */
    private List<Exchange> revisions(SplittableRandom random) {
        List<Exchange> revisions = new ArrayList<>();
        Proposal proposal = new Proposal(
                BETWEEN,
                invoices.stream()
                        .map(invoice -> new InvoiceLine(invoice.key, amount(invoice.events), invoice.events.size()))
                        .toList(),
                rest());
        Hash hash = Hash.sha256(proposal.encode());
        List<LineOutcome> outcomes = new ArrayList<>();
        invoices.forEach(invoice -> outcomes.add(random.nextInt(3) > 0 ? LineOutcome.matched() : any(random)));
        int count = 1 + random.nextInt(3);
        for (int revision = 0; revision < count; revision++) {
            if (revision > 0) {
                int changes = 1 + random.nextInt(3);
                for (int change = 0; change < changes; change++) {
                    outcomes.set(random.nextInt(outcomes.size()), any(random));
                }
            }
            Answer answer = Answer.to(proposal, hash, new Matching(outcomes, List.of()), 1, K, revisions);
            revisions.add(new Exchange(proposal, answer));
        }
        return revisions;
    }

    private static LineOutcome any(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> LineOutcome.matched();
            case 1 -> LineOutcome.unknown();
            default -> LineOutcome.disputed(DisputeReason.PRICE);
        };
    }

    private Rest rest() {
        TotalSum sum = new TotalSum();
        notInvoiced.forEach(event -> {
            Event one = events.get(event);
            sum.add(one.trial, one.amountOre, one.amountOre, 1);
        });
        OutcomeTotal total = sum.total();
        return Rest.of(
                new OutcomeTotal(
                        total.lines(),
                        total.amountOre(),
                        total.amountOre(),
                        notInvoiced.size(),
                        total.largestTrialOre()),
                K);
    }

    private long amount(List<Integer> of) {
        return of.stream().mapToLong(event -> events.get(event).amountOre).sum();
    }

    private static List<Outcome> tells(Exchange revision) {
        return revision.answer().tells().orElse(List.of());
    }

    /** The same revision without any protection. */
    private static Exchange everything(Exchange revision) {
        Answer answer = revision.answer();
        return new Exchange(
                revision.proposal(),
                new Answer(
                        answer.between(),
                        answer.proposal(),
                        answer.outcomes(),
                        answer.unknownToIssuer(),
                        Optional.of(List.of(Outcome.MATCHED, Outcome.DISPUTED, Outcome.UNKNOWN_TO_PAYER))));
    }

    private boolean isBroken(List<Exchange> told) {
        List<Equation> equations = equations(told);
        int rank = rank(equations, Set.of());
        for (Set<Integer> few : fewEvents()) {
            if (rank(equations, few) < rank) {
                return true;
            }
        }
        return false;
    }

    /** One equation a total, and that of the costs, which are published if they are of enough persons. */
    private List<Equation> equations(List<Exchange> told) {
        List<Equation> equations = new ArrayList<>();
        double[] costs = new double[events.size()];
        Arrays.fill(costs, events.size() < K ? 0 : 1);
        equations.add(new Equation(costs));
        for (Exchange revision : told) {
            for (Outcome outcome : tells(revision)) {
                double[] of = new double[events.size()];
                for (int i = 0; i < invoices.size(); i++) {
                    if (revision.answer().outcomes().get(i).outcome() == outcome) {
                        invoices.get(i).events.forEach(event -> of[event] = 1);
                    }
                }
                equations.add(new Equation(of));
            }
        }
        return equations;
    }

    /** Events of fewer than k persons that no two equations tell apart further: invoices, one or two of them, and what is not invoiced. */
    private List<Set<Integer>> fewEvents() {
        List<Set<Integer>> groups = new ArrayList<>();
        invoices.forEach(invoice -> groups.add(Set.copyOf(invoice.events)));
        groups.add(Set.copyOf(notInvoiced));
        List<Set<Integer>> few = new ArrayList<>();
        for (int one = 0; one < groups.size(); one++) {
            for (int other = one; other < groups.size(); other++) {
                for (int third = other; third < groups.size(); third++) {
                    Set<Integer> union = new HashSet<>(groups.get(one));
                    union.addAll(groups.get(other));
                    union.addAll(groups.get(third));
                    if (!union.isEmpty() && union.size() < K) {
                        few.add(union);
                    }
                }
            }
        }
        return few;
    }

    /** The rank of the equations when they say nothing of these events. */
    private static int rank(List<Equation> equations, Set<Integer> without) {
        double[][] rows =
                equations.stream().map(equation -> equation.of.clone()).toArray(double[][]::new);
        int rank = 0;
        for (int column = 0; column < rows[0].length && rank < rows.length; column++) {
            if (without.contains(column)) {
                continue;
            }
            int pivot = rank;
            while (pivot < rows.length && Math.abs(rows[pivot][column]) < 1e-9) {
                pivot++;
            }
            if (pivot == rows.length) {
                continue;
            }
            double[] swap = rows[pivot];
            rows[pivot] = rows[rank];
            rows[rank] = swap;
            for (int row = rank + 1; row < rows.length; row++) {
                double factor = rows[row][column] / rows[rank][column];
                for (int i = 0; i < rows[row].length; i++) {
                    rows[row][i] -= factor * rows[rank][i];
                }
            }
            rank++;
        }
        return rank;
    }
}
