package se.samsyn.protocol.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;
import static se.samsyn.protocol.view.TestNetwork.trial;
import static se.samsyn.protocol.view.ViewReader.member;
import static se.samsyn.protocol.view.ViewReader.reason;
import static se.samsyn.protocol.view.ViewReader.row;
import static se.samsyn.protocol.view.ViewReader.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.statement.SummaryStatement;

/** Which release of a member counts in a view, and why another does not. */
class ReleasesInViewsTest {
    private static final String Q1 = "2024-Q1";
    private static final String BEFORE_DUE = "2024-05-15";

    private final TestNetwork network = new TestNetwork();

    @Test
    void withdrawsARetractedSummaryAndRevivesNoOlderOne() {
        Hash first = network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 10, 10, 0)));
        Hash second = network.release(
                A, network.costs, Q1, Optional.of(first), network.costs(network.cell("01", 20, 20, 20, 0)));
        assertThat(row(costs(BEFORE_DUE), "01").at("/values/items")).hasToString("{\"atLeast\":20}");

        network.retract(A, second);
        assertThat(state(costs(BEFORE_DUE), A)).isEqualTo("withdrawn");
        assertThat(row(costs(BEFORE_DUE), "01").at("/values/items")).hasToString("{\"atLeast\":0}");
        assertThat(network.picture().liveBodies()).isEmpty();

        network.release(A, network.costs, Q1, Optional.of(second), network.costs(network.cell("01", 30, 30, 30, 0)));
        assertThat(row(costs(BEFORE_DUE), "01").at("/values/items")).hasToString("{\"atLeast\":30}");
    }

    @Test
    void neverCountsASupersededSummary() {
        Hash first = network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 10, 10, 0)));
        network.release(A, network.costs, Q1, Optional.of(first), network.costs(network.cell("01", 15, 15, 15, 0)));
        // an old summary and a second first one, replayed as new
        network.release(A, network.costs, Q1, Optional.of(first), network.costs(network.cell("01", 90, 90, 90, 0)));
        network.release(A, network.costs, Q1, network.costs(network.cell("01", 90, 90, 90, 0)));
        releaseZeroBy(B, C, D);

        JsonNode view = costs(BEFORE_DUE);

        assertThat(row(view, "01").at("/values/participants")).hasToString("{\"exact\":15}");
        assertThat(member(view, A).at("/rejectedEntries/count").intValue()).isEqualTo(2);
        assertThat(member(view, A).at("/rejectedEntries/latest/0/about").textValue())
                .isEqualTo("costs 2024-Q1");
        assertThat(state(view, A)).isEqualTo("reported");
    }

    @Test
    void rejectsAReleaseThatBreaksARuleOfDisclosureNamingIt() {
        Hash first = network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 10, 10, 0)));
        network.release(A, network.costs, Q1, Optional.of(first), network.costs(network.cell("01", 11, 11, 11, 0)));

        JsonNode view = costs(BEFORE_DUE);

        assertThat(state(view, A)).isEqualTo("rejected");
        assertThat(reason(view, A)).contains("cell [01]").contains("differs from an earlier revision by 1");
        assertThat(row(view, "01").at("/values/participants")).hasToString("{\"atLeast\":0}");
    }

    @Test
    void judgesAHeadAnewWhenAnEarlierReleaseIsRetracted() {
        Hash first = network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 10, 10, 0)));
        network.release(A, network.costs, Q1, Optional.of(first), network.costs(network.cell("01", 11, 11, 11, 0)));
        NationalPicture early = network.picture();
        network.retract(A, first);
        early.advance(A, 2, network.logs.get(A).subList(2, 3), network::heldBody);

        JsonNode view = network.view(early, network.costs, BEFORE_DUE);
        assertThat(state(view, A)).isEqualTo("reported");
        assertThat(view).isEqualTo(costs(BEFORE_DUE));
    }

    @Test
    void meansTheSameToANodeThatCameAfterABodyWasErased() {
        Hash first = network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 10, 10, 0)));
        NationalPicture early = network.picture();
        network.retract(A, first);
        early.advance(A, 1, network.logs.get(A).subList(1, 2), network::heldBody);

        assertThat(network.view(early, network.costs, BEFORE_DUE)).isEqualTo(costs(BEFORE_DUE));
    }

    @Test
    void rejectsABodyThatIsAboutAnotherMemberOrHasAnotherHash() {
        byte[] ofB = network.body(B, network.costs, Q1, network.costs(network.cell("01", 10, 10, 10, 0)));
        network.append(A, network.statement(A, network.costs, Q1, ofB, Optional.empty()));
        byte[] swapped = network.body(C, network.costs, Q1, network.costs(network.cell("01", 10, 10, 10, 0)));
        network.append(C, network.statement(C, network.costs, Q1, swapped, Optional.empty()));
        network.bodies.put(Hash.sha256(swapped), ofB);
        byte[] malformed = "{}".getBytes(UTF_8);
        network.bodies.put(Hash.sha256(malformed), malformed);
        network.append(D, network.statement(D, network.costs, Q1, malformed, Optional.empty()));

        JsonNode view = costs(BEFORE_DUE);

        assertThat(reason(view, A)).isEqualTo("the body is about costs 2024-Q1 of b.example");
        assertThat(reason(view, C)).isEqualTo("the body is not the one that the statement names");
        assertThat(reason(view, D)).isEqualTo("the body does not have the form that its dataset prescribes");
    }

    @Test
    void withdrawsAReleaseWhoseBodyIsGoneBeforeItsRetractionIsUnderAQuorum() {
        byte[] body = network.body(A, network.costs, Q1, network.costs());
        network.append(A, network.statement(A, network.costs, Q1, body, Optional.empty()));
        network.bodies.clear();

        assertThat(state(costs(BEFORE_DUE), A)).isEqualTo("withdrawn");
    }

    @Test
    void rejectsAPlaceOutsideTheMembersScope() {
        network.release(
                A, network.trials, "2019", network.register(trial("NCT00000001", "2019", "I", "unknown", "12")));

        JsonNode view = network.view(network.trials, "2020-01-01", "from=2019", "to=2019");

        assertThat(reason(view, A)).isEqualTo("place \"12\" is outside the scope of the member");
    }

    @Test
    void rejectsAnotherDefinitionAndAPeriodThatTheDatasetHasNot() {
        byte[] body = network.body(A, network.costs, Q1, network.costs());
        SummaryStatement right = network.statement(A, network.costs, Q1, body, Optional.empty());
        network.append(
                A,
                new SummaryStatement(
                        A,
                        1,
                        "costs",
                        Hash.sha256(body),
                        right.period(),
                        right.sha256(),
                        body.length,
                        Optional.empty()));
        network.append(
                B,
                new SummaryStatement(
                        B,
                        1,
                        "costs",
                        network.costs.hash(),
                        Period.parse("2023-Q4"),
                        right.sha256(),
                        body.length,
                        Optional.empty()));

        JsonNode view = costs(BEFORE_DUE);

        assertThat(reason(view, A)).startsWith("the federation root does not authorise its definition");
        assertThat(state(view, B)).isEqualTo("awaited");
        assertThat(member(view, B).at("/rejectedEntries/latest/0/reason").textValue())
                .isEqualTo("the dataset has no period 2023-Q4");
    }

    private void releaseZeroBy(String... nodes) {
        for (String node : nodes) {
            network.release(node, network.costs, Q1, network.costs());
        }
    }

    private JsonNode costs(String day) {
        return network.view(network.costs, day);
    }
}
