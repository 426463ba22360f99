package se.samsyn.protocol.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.SharedFiles;

/** The proofs, good and bad, that transparency-dev publishes for verifiers. */
class MerkleVectorsTest {
    private static final String DUMMY = "ZG9uJ3QgY2FyZSAy";

    @Test
    void agreesWithEveryInclusionCase() {
        List<Path> cases = SharedFiles.files("vectors/merkle/inclusion", ".json");
        for (Path file : cases) {
            JsonNode test = SharedFiles.json(file);
            check(
                    file,
                    test,
                    () -> InclusionProof.verify(
                            hash(test.path("leafHash")),
                            test.path("leafIdx").asLong(),
                            new TreeHead(test.path("treeSize").asLong(), hash(test.path("root"))),
                            proof(test)));
        }
        assertThat(cases).hasSize(98);
    }

    @Test
    void agreesWithEveryConsistencyCase() {
        List<Path> cases = SharedFiles.files("vectors/merkle/consistency", ".json");
        for (Path file : cases) {
            JsonNode test = SharedFiles.json(file);
            check(
                    file,
                    test,
                    () -> ConsistencyProof.verify(
                            new TreeHead(test.path("size1").asLong(), root(test, "root1")),
                            new TreeHead(test.path("size2").asLong(), root(test, "root2")),
                            proof(test)));
        }
        assertThat(cases).hasSize(98);
    }

    private static void check(Path file, JsonNode test, Runnable verification) {
        boolean refused;
        try {
            verification.run();
            refused = false;
        } catch (MalformedException | RefutedException e) {
            refused = true;
        }
        assertThat(refused)
                .as("%s: %s", file, test.path("desc").asText())
                .isEqualTo(test.path("wantErr").asBoolean());
    }

    /**
     * A root of a consistency case.
     *
     * <p>One case compares two equal roots of 12 bytes, which no tree has; here their hash stands for them. Elsewhere
     * such roots are refused for their length: also from size 0, from where this project takes an empty proof, as
     * C2SP tlog-witness does.
     */
    private static Hash root(JsonNode test, String field) {
        boolean equal = test.path("root1").equals(test.path("root2"));
        String root = test.path(field).asText();
        return equal && root.equals(DUMMY) ? Hash.sha256(CanonicalBase64.decode(DUMMY)) : Hash.parseBase64(root);
    }

    private static Hash hash(JsonNode base64) {
        return Hash.parseBase64(base64.asText());
    }

    private static List<Hash> proof(JsonNode test) {
        List<Hash> proof = new ArrayList<>();
        test.path("proof").forEach(hash -> proof.add(hash(hash)));
        return proof;
    }
}
