package se.samsyn.protocol.tlog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;

class ConsistencyProofTest {
    private static final int MAX_SIZE = 70;
    private static final NaiveTree TREE = NaiveTree.ofSize(MAX_SIZE + 1);

    @Test
    void acceptsEveryProofAndRefusesEachWithOneMutation() {
        for (int newSize = 0; newSize <= MAX_SIZE; newSize++) {
            TreeHead newer = TREE.head(newSize);
            for (int oldSize = 0; oldSize <= newSize; oldSize++) {
                TreeHead older = TREE.head(oldSize);
                List<Hash> proof = MerkleTree.consistencyProof(oldSize, newSize, TREE.reader());
                ConsistencyProof.verify(older, newer, proof);
                for (List<Hash> mutated : ProofMutations.of(proof)) {
                    assertRefused(older, newer, mutated);
                }
                if (oldSize > 0) {
                    Hash another = TREE.head(newSize + 1).root();
                    assertRefused(new TreeHead(oldSize, another), newer, proof);
                    assertRefused(older, new TreeHead(newSize, another), proof);
                }
            }
        }
    }

    @Test
    void refusesAFork() {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(new byte[] {(byte) (i == 3 ? 100 : i)});
        }
        NaiveTree fork = NaiveTree.of(entries);
        entries.set(3, new byte[] {3});
        NaiveTree honest = NaiveTree.of(entries);

        assertRefused(honest.head(9), fork.head(20), MerkleTree.consistencyProof(9, 20, fork.reader()));
        assertRefused(honest.head(9), fork.head(20), MerkleTree.consistencyProof(9, 20, honest.reader()));
    }

    @Test
    void refusesASmallerTree() {
        assertThatThrownBy(() -> ConsistencyProof.verify(TREE.head(5), TREE.head(4), List.of()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("size 5 is not before size 4");
    }

    @Test
    void refusesTwoRootsOfOneSize() {
        TreeHead forged = new TreeHead(5, TREE.head(6).root());

        assertThatThrownBy(() -> ConsistencyProof.verify(TREE.head(5), forged, List.of()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("two roots of size 5");
    }

    /** Step 1 of RFC 9162 section 2.1.4.2. */
    @Test
    void refusesAnEmptyProofOfGrowth() {
        assertThatThrownBy(() -> ConsistencyProof.verify(TREE.head(4), TREE.head(5), List.of()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("is empty");
    }

    @Test
    void refusesAProofWhereNoneIsNeeded() {
        List<Hash> proof = List.of(TREE.leaves().get(0));

        assertThatThrownBy(() -> ConsistencyProof.verify(TreeHead.EMPTY, TREE.head(5), proof))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> ConsistencyProof.verify(TREE.head(5), TREE.head(5), proof))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("is not empty");
    }

    private static void assertRefused(TreeHead older, TreeHead newer, List<Hash> proof) {
        assertThatThrownBy(() -> ConsistencyProof.verify(older, newer, proof))
                .as("from %d to %d, proof of %d hashes", older.size(), newer.size(), proof.size())
                .isInstanceOf(RefutedException.class);
    }
}
