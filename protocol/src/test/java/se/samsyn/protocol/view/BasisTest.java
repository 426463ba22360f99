package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.tlog.TreeHead;

class BasisTest {
    private static final Hash ROOT = Hash.sha256(new byte[] {1});
    private static final LogBasis LOG_A = new LogBasis("a.example", new TreeHead(3, ROOT), 1_000);
    private static final LogBasis LOG_B = new LogBasis("b.example", TreeHead.EMPTY, 2_000);

    @Test
    void readsWhatItWrote() {
        Basis basis = new Basis(1, ROOT, List.of(LOG_A, LOG_B), 1_700_000_000);

        assertThat(Basis.parse(basis.encode())).isEqualTo(basis);
        assertThat(basis.today()).isEqualTo(LocalDate.of(2023, 11, 14));
        assertThat(new String(basis.encode(), StandardCharsets.UTF_8))
                .startsWith("{\"at\":1700000000,\"evidence\":[],\"logs\":[{");
    }

    @Test
    void hasEachLogOnceSortedByNode() {
        assertThatThrownBy(() -> new Basis(1, ROOT, List.of(LOG_B, LOG_A), 0)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new Basis(1, ROOT, List.of(LOG_A, LOG_A), 0)).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesAbsurdTimesAndVersions() {
        assertThatThrownBy(() -> new Basis(1, ROOT, List.of(), -1)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new Basis(1, ROOT, List.of(), Long.MAX_VALUE)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new Basis(0, ROOT, List.of(), 0)).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesAFieldThatItDoesNotKnow() {
        String encoded = new String(new Basis(1, ROOT, List.of(), 5).encode(), StandardCharsets.UTF_8);
        String extended = encoded.replace("\"evidence\":[]", "\"evidence\":[],\"extra\":1");

        assertThatThrownBy(() -> Basis.parse(extended.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("extra");
    }

    @Test
    void countsAgesFromItsInstantAndNeverBelowZero() {
        assertThat(LOG_A.ageSeconds(1_500)).isEqualTo(500);
        assertThat(LOG_A.ageSeconds(900)).isZero();
    }
}
