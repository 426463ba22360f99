package se.samsyn.protocol.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NettingTest {
    private static final int MEMBERS = 21;

    @Test
    void leavesEveryMemberItsBalanceWithFewerPaymentsThanMembers() {
        for (int seed = 0; seed < 2_000; seed++) {
            List<Payment> debts = debts(new Random(seed));

            List<Payment> payments = Netting.of(debts);

            Map<String, Long> before = Netting.balances(debts);
            Map<String, Long> after = Netting.balances(payments);
            before.forEach((node, balance) ->
                    assertThat(after.getOrDefault(node, 0L)).as(node).isEqualTo(balance));
            assertThat(before.keySet()).containsAll(after.keySet());
            long concerned = before.values().stream().filter(each -> each != 0).count();
            assertThat(payments.size()).as("seed " + seed).isLessThanOrEqualTo((int) Math.max(0, concerned - 1));
        }
    }

    @Test
    void isTheSameWhateverTheOrderOfTheDebts() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Payment> debts = debts(random);
            List<Payment> shuffled = new ArrayList<>(debts);
            Collections.shuffle(shuffled, random);

            assertThat(Netting.of(shuffled)).isEqualTo(Netting.of(debts));
        }
    }

    @Test
    void needsNoPaymentForACircle() {
        assertThat(Netting.of(List.of(new Payment("a", "b", 7), new Payment("b", "c", 7), new Payment("c", "a", 7))))
                .isEmpty();
    }

    @Test
    void paysThoseWhoCancelOutDirectly() {
        assertThat(Netting.of(List.of(
                        new Payment("a", "m", 5),
                        new Payment("m", "b", 5),
                        new Payment("c", "n", 9),
                        new Payment("n", "d", 9))))
                .containsExactly(new Payment("a", "b", 5), new Payment("c", "d", 9));
    }

    @Test
    void aBalanceThatDoesNotFitIsNoSilentWrongNumber() {
        assertThatThrownBy(() -> Netting.of(
                        List.of(new Payment("a", "b", Long.MAX_VALUE), new Payment("c", "b", Long.MAX_VALUE))))
                .isInstanceOf(ArithmeticException.class);
    }

    private static List<Payment> debts(Random random) {
        List<Payment> debts = new ArrayList<>();
        int count = random.nextInt(60);
        for (int i = 0; i < count; i++) {
            int from = random.nextInt(MEMBERS);
            int to = (from + 1 + random.nextInt(MEMBERS - 1)) % MEMBERS;
            // small numbers, so that balances often cancel out
            debts.add(new Payment("m" + from, "m" + to, 1 + random.nextInt(random.nextBoolean() ? 5 : 1_000_000)));
        }
        return debts;
    }
}
