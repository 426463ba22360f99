package se.samsyn.protocol.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.protocol.Hash;

/** The eight-leaf tree by which implementations of RFC 6962 compare themselves, with its published roots and proofs. */
class Rfc6962ExamplesTest {
    private static final NaiveTree TREE = NaiveTree.of(Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(HexFormat.of()::parseHex)
            .toList());

    private static final Hash LEAF_0 = hex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    private static final Hash LEAF_1 = hex("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
    private static final Hash LEAF_4 = hex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    private static final Hash NODES_0_1 = hex("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
    private static final Hash NODES_2_3 = hex("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e");
    private static final Hash NODES_4_5 = hex("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a");
    private static final Hash NODES_6_7 = hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0");
    private static final Hash NODES_0_3 = hex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    private static final Hash NODES_4_7 = hex("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void rootsAreAsPublished(int size, String root) {
        assertThat(MerkleTree.root(size, TREE.reader()).toHex()).isEqualTo(root);
        assertThat(new TileTree(TREE.tiles(size)).head(size).root().toHex()).isEqualTo(root);
    }

    @Test
    void inclusionProofsAreAsPublished() {
        assertInclusion(0, 1);
        assertInclusion(0, 8, LEAF_1, NODES_2_3, NODES_4_7);
        assertInclusion(5, 8, LEAF_4, NODES_6_7, NODES_0_3);
        assertInclusion(2, 3, NODES_0_1);
        assertInclusion(1, 5, LEAF_0, NODES_2_3, LEAF_4);
    }

    @Test
    void consistencyProofsAreAsPublished() {
        assertConsistency(1, 1);
        assertConsistency(1, 8, LEAF_1, NODES_2_3, NODES_4_7);
        assertConsistency(6, 8, NODES_4_5, NODES_6_7, NODES_0_3);
        assertConsistency(2, 5, NODES_2_3, LEAF_4);
    }

    private static void assertInclusion(int index, int size, Hash... published) {
        assertThat(MerkleTree.inclusionProof(index, size, TREE.reader())).containsExactly(published);
        InclusionProof.verify(TREE.leaves().get(index), index, TREE.head(size), List.of(published));
    }

    private static void assertConsistency(int oldSize, int newSize, Hash... published) {
        assertThat(MerkleTree.consistencyProof(oldSize, newSize, TREE.reader())).containsExactly(published);
        ConsistencyProof.verify(TREE.head(oldSize), TREE.head(newSize), List.of(published));
    }

    private static Hash hex(String text) {
        return Hash.parseHex(text);
    }
}
