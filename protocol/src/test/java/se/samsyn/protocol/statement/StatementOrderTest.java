package se.samsyn.protocol.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.TestNetwork;

class StatementOrderTest {
    private final FederationRoot root = TestNetwork.root(2);
    private final Map<Hash, Statement> log = new HashMap<>();
    private final Hash body = Hash.sha256(new byte[] {1});
    private final VerifiedStatement first = append(summary(body, Optional.empty()));

    @Test
    void aReleaseMaySupersedeAnEarlierOneAndBeRetracted() {
        VerifiedStatement second = append(summary(Hash.sha256(new byte[] {2}), Optional.of(first.leafHash())));

        append(new Retraction(TestNetwork.SKANE, 1, Hash.sha256(new byte[] {2}), second.leafHash()));
        append(new RootAccepted(TestNetwork.SKANE, 1, root.hash()));
        assertThat(log).hasSize(4);
    }

    @Test
    void refusesAnEntryThatIsInTheLogAlready() {
        assertThatThrownBy(() -> append(summary(body, Optional.empty())))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("is in the log already");
    }

    @Test
    void refusesToSupersedeWhatIsNoEarlierSummary() {
        VerifiedStatement accepted = append(new RootAccepted(TestNetwork.SKANE, 1, root.hash()));

        for (Hash leaf : new Hash[] {Hash.sha256(), accepted.leafHash()}) {
            assertThatThrownBy(() -> append(summary(body, Optional.of(leaf))))
                    .isInstanceOf(RefutedException.class)
                    .hasMessageContaining("supersedes " + leaf + ", which is no earlier summary");
            assertThatThrownBy(() -> append(new Retraction(TestNetwork.SKANE, 1, body, leaf)))
                    .isInstanceOf(RefutedException.class)
                    .hasMessageContaining("which is no earlier summary");
        }
    }

    @Test
    void refusesToRetractASummaryUnderTheHashOfAnother() {
        Hash other = Hash.sha256(new byte[] {9});

        assertThatThrownBy(() -> append(new Retraction(TestNetwork.SKANE, 1, other, first.leafHash())))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining(
                        "retraction names body " + other + ", but the summary that it supersedes has body " + body);
    }

    private VerifiedStatement append(Statement statement) {
        byte[] entry = SignedStatement.sign(statement, TestNetwork.publisher(TestNetwork.SKANE));
        VerifiedStatement verified = SignedStatement.verify(entry, root, TestNetwork.SKANE);
        StatementOrder.verify(verified, leaf -> Optional.ofNullable(log.get(leaf)));
        log.put(verified.leafHash(), statement);
        return verified;
    }

    private SummaryStatement summary(Hash sha256, Optional<Hash> supersedes) {
        return new SummaryStatement(
                TestNetwork.SKANE, 1, "costs", TestNetwork.COSTS, Period.parse("2024-Q1"), sha256, 10, supersedes);
    }
}
