package se.samsyn.node.key;

import se.samsyn.protocol.note.SigningKey;

/** The private keys of a node, one for each purpose. */
public record NodeKeys(SigningKey log, SigningKey witness, SigningKey publisher, TlsIdentity tls) {
    @Override
    public String toString() {
        return "NodeKeys[" + log.verifierKey().ref() + ", "
                + witness.verifierKey().ref() + ", " + publisher.verifierKey().ref() + ", tls "
                + tls.pin().toBase64() + "]";
    }
}
