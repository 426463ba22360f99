package se.samsyn.node.key;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;

/**
 * The private keys that a node works with, one for each purpose.
 *
 * @param log signs checkpoints with Ed25519
 * @param logMlDsa signs them with ML-DSA-44 as well; none on a node of a network that does without
 */
public record NodeKeys(
        SigningKey log, Optional<SigningKey> logMlDsa, SigningKey witness, SigningKey publisher, TlsIdentity tls) {
    /** All that sign checkpoints of the own log, each one every time. */
    public List<SigningKey> logKeys() {
        return Stream.concat(Stream.of(log), logMlDsa.stream()).toList();
    }

    /** The public halves of {@link #logKeys}. */
    public List<VerifierKey> logVerifiers() {
        return logKeys().stream().map(SigningKey::verifierKey).toList();
    }

    @Override
    public String toString() {
        return "NodeKeys[" + logVerifiers().stream().map(VerifierKey::ref).toList() + ", "
                + witness.verifierKey().ref() + ", " + publisher.verifierKey().ref() + ", tls "
                + tls.pin().toBase64() + "]";
    }
}
