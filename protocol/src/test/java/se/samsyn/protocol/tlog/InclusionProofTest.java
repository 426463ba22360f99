package se.samsyn.protocol.tlog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;

class InclusionProofTest {
    private static final int MAX_SIZE = 70;
    private static final NaiveTree TREE = NaiveTree.ofSize(MAX_SIZE + 1);

    @Test
    void acceptsEveryProofAndRefusesEachWithOneMutation() {
        for (int size = 1; size <= MAX_SIZE; size++) {
            TreeHead head = TREE.head(size);
            for (int index = 0; index < size; index++) {
                List<Hash> proof = MerkleTree.inclusionProof(index, size, TREE.reader());
                Hash leaf = TREE.leaves().get(index);
                InclusionProof.verify(leaf, index, head, proof);
                for (List<Hash> mutated : ProofMutations.of(proof)) {
                    assertRefused(leaf, index, head, mutated);
                }
                assertRefused(TREE.leaves().get(index + 1), index, head, proof);
                assertRefused(
                        leaf, index, new TreeHead(size, TREE.head(size + 1).root()), proof);
                for (int other = 0; other <= size; other++) {
                    if (other != index) {
                        assertRefused(leaf, other, head, proof);
                    }
                }
            }
        }
    }

    /**
     * Step 1 of RFC 9162 section 2.1.3.2, which a library forgot: index 5 of size 1000 passed with the proof of 1 of 2.
     */
    @ParameterizedTest
    @ValueSource(longs = {-1, 2, 3, 5, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesAnIndexThatTheTreeDoesNotHave(long index) {
        List<Hash> proof = MerkleTree.inclusionProof(1, 2, TREE.reader());

        assertThatThrownBy(() -> InclusionProof.verify(TREE.leaves().get(1), index, TREE.head(2), proof))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("leaf " + index + " of a tree of size 2");
    }

    /** Step 5: the path must have ended. */
    @Test
    void refusesAProofThatEndsBelowTheRoot() {
        TreeHead small = TREE.head(2);
        List<Hash> proof = MerkleTree.inclusionProof(1, 2, TREE.reader());

        assertThatThrownBy(
                        () -> InclusionProof.verify(TREE.leaves().get(1), 5, new TreeHead(1000, small.root()), proof))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("too short");
    }

    /** Step 4.a: it must not go on above the root. */
    @Test
    void refusesAProofThatGoesOnAboveTheRoot() {
        List<Hash> longer = new ArrayList<>(MerkleTree.inclusionProof(3, 4, TREE.reader()));
        longer.add(TREE.leaves().get(9));
        Hash root = MerkleTree.parent(TREE.leaves().get(9), TREE.head(4).root());

        assertThatThrownBy(() -> InclusionProof.verify(TREE.leaves().get(3), 3, new TreeHead(4, root), longer))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void attack24RefusesAnInteriorNodeAsALeafAndALeafAsANode() {
        Hash node = MerkleTree.parent(TREE.leaves().get(0), TREE.leaves().get(1));
        List<Hash> shorter = MerkleTree.inclusionProof(0, 4, TREE.reader()).subList(1, 2);

        assertRefused(node, 0, TREE.head(4), shorter);
        byte[] entry = new byte[64]; // an entry that looks like two hashes is hashed apart from them
        Hash leaf = MerkleTree.leafHash(entry);
        Hash zeros = Hash.of(new byte[Hash.LENGTH]);
        assertRefused(zeros, 0, new TreeHead(2, leaf), List.of(zeros));
    }

    @Test
    void refusesTheProofOfAnotherTree() {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            entries.add(new byte[] {(byte) i});
        }
        NaiveTree other = NaiveTree.of(entries);
        List<Hash> proof = MerkleTree.inclusionProof(3, 8, other.reader());

        assertRefused(other.leaves().get(3), 3, TREE.head(8), proof);
    }

    private static void assertRefused(Hash leaf, long index, TreeHead head, List<Hash> proof) {
        assertThatThrownBy(() -> InclusionProof.verify(leaf, index, head, proof))
                .as("leaf %d of size %d, proof of %d hashes", index, head.size(), proof.size())
                .isInstanceOf(RefutedException.class);
    }
}
