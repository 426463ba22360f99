package se.samsyn.protocol.tlog;

import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.Hash;

/** Every way to change one thing about a proof: a hash altered, left out, given twice, put in, two exchanged. */
final class ProofMutations {
    private static final Hash STRANGE = Hash.sha256(new byte[] {42});

    private ProofMutations() {}

    static List<List<Hash>> of(List<Hash> proof) {
        List<List<Hash>> mutations = new ArrayList<>();
        for (int i = 0; i < proof.size(); i++) {
            List<Hash> altered = new ArrayList<>(proof);
            byte[] bytes = proof.get(i).toByteArray();
            bytes[i % bytes.length] ^= 4;
            altered.set(i, Hash.of(bytes));
            mutations.add(altered);

            List<Hash> shortened = new ArrayList<>(proof);
            shortened.remove(i);
            mutations.add(shortened);

            List<Hash> doubled = new ArrayList<>(proof);
            doubled.add(i, proof.get(i));
            mutations.add(doubled);

            if (i > 0) {
                List<Hash> exchanged = new ArrayList<>(proof);
                exchanged.set(i, proof.get(i - 1));
                exchanged.set(i - 1, proof.get(i));
                mutations.add(exchanged);
            }
        }
        for (int i = 0; i <= proof.size(); i++) {
            List<Hash> lengthened = new ArrayList<>(proof);
            lengthened.add(i, STRANGE);
            mutations.add(lengthened);
        }
        return mutations;
    }
}
