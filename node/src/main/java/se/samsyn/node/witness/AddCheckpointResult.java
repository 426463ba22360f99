package se.samsyn.node.witness;

import se.samsyn.protocol.note.SignatureLine;

/** What a witness says to a checkpoint; each case knows its HTTP status (C2SP tlog-witness, add-checkpoint). */
public sealed interface AddCheckpointResult {
    int status();

    /** What the answer's body says. */
    String body();

    /** The checkpoint is cosigned. */
    record Cosigned(SignatureLine line) implements AddCheckpointResult {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public String body() {
            return line.encode() + "\n";
        }
    }

    /** The log's old size is not the one that the witness knows. */
    record Conflict(long knownSize) implements AddCheckpointResult {
        /** Media type of the body. */
        public static final String MEDIA_TYPE = "text/x.tlog.size";

        @Override
        public int status() {
            return 409;
        }

        @Override
        public String body() {
            return knownSize + "\n";
        }
    }

    /** The request is malformed, or its old size is larger than its checkpoint's. */
    record Malformed(String body) implements AddCheckpointResult {
        @Override
        public int status() {
            return 400;
        }
    }

    /** No log of that origin is witnessed here. */
    record UnknownOrigin(String body) implements AddCheckpointResult {
        @Override
        public int status() {
            return 404;
        }
    }

    /** The log's signature is absent or bad. */
    record NotSigned(String body) implements AddCheckpointResult {
        @Override
        public int status() {
            return 403;
        }
    }

    /** The checkpoint is not consistent with the log that is held here, or an entry is not what it must be. */
    record Inconsistent(String body) implements AddCheckpointResult {
        @Override
        public int status() {
            return 422;
        }
    }

    /** Entries or bodies cannot be had now, or the witness's clock is behind; the same request may succeed later. */
    record TryLater(String body) implements AddCheckpointResult {
        /** When, in seconds. */
        public static final int RETRY_AFTER_SECONDS = 5;

        @Override
        public int status() {
            return 503;
        }
    }
}
