package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.view.TestNetwork.A;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.json.CanonicalJson;

/** What state a picture is in, and what it refuses to be asked. */
class NationalPictureTest {
    private static final String Q1 = "2024-Q1";
    private static final String BEFORE_DUE = "2024-05-15";

    private final TestNetwork network = new TestNetwork();

    @Test
    void refusesABasisThatIsNotItsOwnState() {
        releaseZeroBy(A);
        NationalPicture picture = network.picture();
        ViewQuery query = TestNetwork.query(network.costs);
        Basis right = network.basis(BEFORE_DUE);
        Basis otherSize =
                new Basis(1, right.rootHash(), List.of(new LogBasis(A, TestNetwork.head(2), 0)), right.atSeconds());

        assertThatThrownBy(() -> picture.view(query, otherSize))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the basis has the log of a.example at size 2, the picture at 1");
        assertThatThrownBy(() -> picture.view(query, new Basis(2, right.rootHash(), right.logs(), right.atSeconds())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another federation root");
    }

    @Test
    void refusesEntriesThatDoNotGoOnFromWhereItStands() {
        releaseZeroBy(A);
        NationalPicture picture = network.picture();

        assertThatThrownBy(() -> picture.advance(A, 0, network.logs.get(A), network::heldBody))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the log of a.example stands at size 1 and cannot go on from 0");
        assertThatThrownBy(() -> picture.advance("x.example", 0, List.of(), network::heldBody))
                .isInstanceOf(RefutedException.class);
    }

    @Test
    void goesOnAfterItsBodiesCouldNotBeRead() {
        network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 10, 10, 0)));
        NationalPicture picture = network.emptyPicture();
        assertThatThrownBy(() -> picture.advance(A, 0, network.logs.get(A), sha256 -> {
                    throw new IllegalStateException("disk");
                }))
                .hasMessage("disk");
        assertThatThrownBy(() -> network.view(picture, network.costs, BEFORE_DUE))
                .hasMessage("the log of a.example was not taken to its end");

        picture.advance(A, picture.size(A), List.of(), network::heldBody);

        assertThat(network.view(picture, network.costs, BEFORE_DUE)).isEqualTo(costs(BEFORE_DUE));
    }

    @Test
    void refusesADatasetThatItDoesNotKeepAndADefinitionThatIsNotAuthorised() {
        NationalPicture picture = network.picture();
        ViewQuery other = new ViewQuery("atmp", Optional.empty(), List.of(), Optional.empty(), Optional.empty(), false);

        assertThatThrownBy(() -> picture.view(other, network.basis(BEFORE_DUE)))
                .isInstanceOf(MalformedException.class)
                .hasMessage("there is no dataset \"atmp\"; there is costs, measures, trials");
        assertThat(picture.datasets()).containsExactly("costs", "measures", "trials");
        assertThat(picture.definition("costs")).isEqualTo(network.costs);
        assertThatThrownBy(() -> new NationalPicture(network.root, List.of(otherVersionOfCosts())))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("does not authorise");
    }

    private DatasetDefinition otherVersionOfCosts() {
        ObjectNode json = (ObjectNode) CanonicalJson.parse(network.costs.encode());
        return DatasetDefinition.parse(CanonicalJson.encode(json.put("version", 2)));
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
