package se.samsyn.protocol.view;

import java.util.Optional;
import se.samsyn.protocol.Hash;

/**
 * Where the bodies of released summaries are kept, by SHA-256. A retracted body may be gone; every other one is there.
 */
@FunctionalInterface
public interface BodySource {
    Optional<byte[]> body(Hash sha256);
}
