package se.samsyn.protocol.statistic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A rule by which parties share what the care around studies cost: each amount arises where the study is, for a patient of some home. What
 * all parties bear together is under every rule the sum of all amounts, to the last öre.
 */
public enum CompensationModel {
    /** The home of the patient pays all of it. */
    HOME_PAYS,
    /** The place of the study pays all of it. */
    STUDY_PAYS,
    /** Each of the two pays half; an odd öre stays where the study is. */
    SHARED,
    /** All pay into one pool by their inhabitants; öre that are left over go to the largest remainders. */
    PER_INHABITANT,
    /**
     * The home pays for each item the mean of its category over all parties, rounded for each flow; the place of the study bears what its
     * items cost beyond that, or keeps what they cost less.
     */
    FIXED_PRICE;

    /**
     * What one party's studies cost for patients of one home.
     *
     * @param study the index of the party
     * @param homes the index of the home; several where it is only told that it is one or more of these
     * @param category any word; empty where none is told
     * @param amountOre zero or more
     * @param items how many, zero or more
     * @param cells of how many cells this is told together; at least one
     */
    public record Flow(
            int study, List<Integer> homes, Optional<String> category, long amountOre, long items, int cells) {
        public Flow {
            homes = List.copyOf(homes);
            if (homes.isEmpty() || cells < 1 || amountOre < 0 || items < 0) {
                throw new IllegalArgumentException(
                        "no flow: " + amountOre + " öre, " + items + " items, homes " + homes);
            }
        }
    }

    /** What a party bears in öre, at least and at most; under {@link #FIXED_PRICE} less than nothing where it gains. */
    public record Burden(long low, long high) {
        public boolean isExact() {
            return low == high;
        }
    }

    /** The word for it in views: {@code home-pays}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What each party bears.
     *
     * @param inhabitants of each party; zero where nobody lives there
     * @return by the parties' indices; empty where it cannot be said, for want of inhabitants or because items are told together
     */
    public Optional<List<Burden>> burdens(List<Flow> flows, long[] inhabitants) {
        return switch (this) {
            case HOME_PAYS ->
                Optional.of(split(flows, inhabitants.length, flow -> new Burden(flow.amountOre, flow.amountOre)));
            case STUDY_PAYS -> Optional.of(split(flows, inhabitants.length, flow -> new Burden(0, 0)));
            case SHARED -> Optional.of(split(flows, inhabitants.length, CompensationModel::half));
            case PER_INHABITANT -> perInhabitant(flows, inhabitants);
            case FIXED_PRICE -> fixedPrice(flows, inhabitants.length);
        };
    }

    /** What the home pays of a flow. */
    private interface HomePart {
        Burden of(Flow flow);
    }

    private static List<Burden> split(List<Flow> flows, int parties, HomePart homePart) {
        long[] low = new long[parties];
        long[] high = new long[parties];
        for (Flow flow : flows) {
            Burden home = homePart.of(flow);
            low[flow.study] = Math.addExact(low[flow.study], flow.amountOre - home.high);
            high[flow.study] = Math.addExact(high[flow.study], flow.amountOre - home.low);
            for (int party : flow.homes) {
                high[party] = Math.addExact(high[party], home.high);
            }
            if (flow.homes.size() == 1) {
                int party = flow.homes.get(0);
                low[party] = Math.addExact(low[party], home.low);
            }
        }
        return IntStream.range(0, parties)
                .mapToObj(party -> new Burden(low[party], high[party]))
                .toList();
    }

    /** Of cells that are told together each odd one leaves an öre where the study is. */
    private static Burden half(Flow flow) {
        long most = flow.amountOre / 2;
        return flow.cells == 1
                ? new Burden(most, most)
                : new Burden(Math.floorDiv(flow.amountOre - Math.min(flow.cells, flow.amountOre), 2), most);
    }

    private static Optional<List<Burden>> perInhabitant(List<Flow> flows, long[] inhabitants) {
        BigInteger people = BigInteger.valueOf(Arrays.stream(inhabitants).reduce(0, Math::addExact));
        if (people.signum() == 0) {
            return Optional.empty();
        }
        long total = flows.stream().mapToLong(Flow::amountOre).reduce(0, Math::addExact);
        long[] shares = new long[inhabitants.length];
        BigInteger[] remainders = new BigInteger[inhabitants.length];
        long left = total;
        for (int party = 0; party < shares.length; party++) {
            BigInteger[] parts = BigInteger.valueOf(total)
                    .multiply(BigInteger.valueOf(inhabitants[party]))
                    .divideAndRemainder(people);
            shares[party] = parts[0].longValueExact();
            remainders[party] = parts[1];
            left -= shares[party];
        }
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparing((Integer party) -> remainders[party])
                        .reversed())
                .limit(left)
                .forEach(party -> shares[party]++);
        return Optional.of(
                Arrays.stream(shares).mapToObj(one -> new Burden(one, one)).toList());
    }

    private static Optional<List<Burden>> fixedPrice(List<Flow> flows, int parties) {
        if (!flows.stream().allMatch(flow -> flow.cells == 1 && flow.category.isPresent())) {
            return Optional.empty();
        }
        Map<String, Long> amounts = sums(flows, Flow::amountOre);
        Map<String, Long> items = sums(flows, Flow::items);
        long[] burdens = new long[parties];
        for (Flow flow : flows) {
            String category = flow.category.orElseThrow();
            long of = items.getOrDefault(category, 0L);
            if (of == 0 && flow.amountOre > 0) {
                return Optional.empty();
            }
            long paid = of == 0
                    ? 0
                    : BigDecimal.valueOf(amounts.getOrDefault(category, 0L))
                            .multiply(BigDecimal.valueOf(flow.items))
                            .divide(BigDecimal.valueOf(of), 0, RoundingMode.HALF_EVEN)
                            .longValueExact();
            burdens[flow.homes.get(0)] = Math.addExact(burdens[flow.homes.get(0)], paid);
            burdens[flow.study] = Math.addExact(burdens[flow.study], flow.amountOre - paid);
        }
        return Optional.of(
                Arrays.stream(burdens).mapToObj(one -> new Burden(one, one)).toList());
    }

    private static Map<String, Long> sums(List<Flow> flows, ToLongFunction<Flow> of) {
        return flows.stream()
                .collect(Collectors.toMap(
                        flow -> flow.category.orElseThrow(), of::applyAsLong, Math::addExact, TreeMap::new));
    }
}
