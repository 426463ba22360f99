package se.samsyn.protocol.settlement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Few payments in the place of all that members owe one another. Every member is left with the balance that it had, and n members with a
 * balance need at most n − 1 payments. The very fewest would be a search through all groups whose balances cancel out; this pays those who
 * cancel out in pairs first, and then the largest debt to the largest claim.
 */
public final class Netting {
    private static final Comparator<Balance> LARGEST_FIRST =
            Comparator.comparingLong(Balance::amountOre).reversed().thenComparing(Balance::node);

    private Netting() {}

    /** What a member is owed or owes, more than nothing. */
    private record Balance(String node, long amountOre) {}

    /**
     * What each member gets less what it pays; those for whom it is nothing are there too.
     *
     * @param debts what one owes the other, in any number
     * @throws ArithmeticException if a balance does not fit a long
     */
    public static Map<String, Long> balances(List<Payment> debts) {
        Map<String, Long> balances = new TreeMap<>();
        for (Payment debt : debts) {
            balances.merge(debt.from(), Math.negateExact(debt.amountOre()), Math::addExact);
            balances.merge(debt.to(), debt.amountOre(), Math::addExact);
        }
        return balances;
    }

    /**
     * The payments that settle all debts; the same for the same debts in any order.
     *
     * @throws ArithmeticException if a balance does not fit a long
     */
    public static List<Payment> of(List<Payment> debts) {
        Map<String, Long> claims = new TreeMap<>();
        Map<String, Long> owed = new TreeMap<>();
        balances(debts).forEach((node, balance) -> {
            if (balance > 0) {
                claims.put(node, balance);
            } else if (balance < 0) {
                owed.put(node, Math.negateExact(balance));
            }
        });
        List<Payment> payments = cancelPairs(owed, claims);
        PriorityQueue<Balance> debtors = queue(owed);
        PriorityQueue<Balance> creditors = queue(claims);
        while (!debtors.isEmpty() && !creditors.isEmpty()) {
            Balance debtor = debtors.remove();
            Balance creditor = creditors.remove();
            long amount = Math.min(debtor.amountOre(), creditor.amountOre());
            payments.add(new Payment(debtor.node(), creditor.node(), amount));
            putBack(debtors, debtor, amount);
            putBack(creditors, creditor, amount);
        }
        payments.sort(Comparator.comparing(Payment::from).thenComparing(Payment::to));
        return payments;
    }

    /** Settles those whose debt is another's claim with one payment for the two. */
    private static List<Payment> cancelPairs(Map<String, Long> owed, Map<String, Long> claims) {
        Map<Long, List<String>> creditors = new HashMap<>();
        claims.forEach((node, amount) ->
                creditors.computeIfAbsent(amount, any -> new ArrayList<>()).add(node));
        List<Payment> payments = new ArrayList<>();
        for (Map.Entry<String, Long> debtor : List.copyOf(owed.entrySet())) {
            List<String> same = creditors.getOrDefault(debtor.getValue(), List.of());
            if (!same.isEmpty()) {
                String creditor = same.remove(0);
                payments.add(new Payment(debtor.getKey(), creditor, debtor.getValue()));
                owed.remove(debtor.getKey());
                claims.remove(creditor);
            }
        }
        return payments;
    }

    private static PriorityQueue<Balance> queue(Map<String, Long> balances) {
        PriorityQueue<Balance> queue = new PriorityQueue<>(LARGEST_FIRST);
        balances.forEach((node, amount) -> queue.add(new Balance(node, amount)));
        return queue;
    }

    private static void putBack(PriorityQueue<Balance> queue, Balance balance, long paid) {
        if (balance.amountOre() > paid) {
            queue.add(new Balance(balance.node(), balance.amountOre() - paid));
        }
    }
}
