package se.samsyn.protocol;

/** Refuses well-formed input that is not what it claims to be: a signature, a proof, a hash or a rule does not hold. */
public final class RefutedException extends RuntimeException {
    public RefutedException(String message) {
        super(message);
    }
}
