package se.samsyn.protocol.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.EntryBundle;

/**
 * Where a file of a bundle lies, and so what it is.
 *
 * @param owner the node of a log or policy, else empty
 * @param name what tells it from others of its kind: a version, a hash, a view's name, the path of a tile; else empty
 */
record BundlePath(Kind kind, String owner, String name) {
    /** Characters of a path. */
    static final int MAX_LENGTH = 400;

    private static final String NODE = "(?!\\.{1,2}/)(?!\\.{1,2}\\.txt$)([a-z0-9.-]{1,245})";
    private static final String SHA256 = "([0-9a-f]{64})";

    /** The kinds of files, each with the most bytes that one has. */
    enum Kind {
        /** The federation root where there is one version only, or once more the newest one. */
        ROOT_NOTE("()root\\.note()", SignedNote.MAX_LENGTH),
        /** A version of the federation root. */
        ROOT_VERSION("()root/([1-9][0-9]{0,8})\\.note", SignedNote.MAX_LENGTH),
        /** A tlog-policy for all logs. */
        POLICY("()policy\\.txt()", SignedNote.MAX_LENGTH),
        /** A tlog-policy for the log of one node. */
        NODE_POLICY("policy/" + NODE + "\\.txt()", SignedNote.MAX_LENGTH),
        CHECKPOINT("log/" + NODE + "/checkpoint()", SignedNote.MAX_LENGTH),
        /** A tile or an entry bundle; whether its path is that of one is judged later. */
        TILE("log/" + NODE + "/(tile/[0-9a-zA-Z./-]{1,120})", EntryBundle.MAX_LENGTH),
        SUMMARY("log/" + NODE + "/summary/" + SHA256, CanonicalJson.MAX_LENGTH),
        /** A resolved dataset definition, by its hash. */
        DEFINITION("()definition/" + SHA256 + "\\.json", DatasetDefinition.MAX_LENGTH),
        /** Evidence that a key signed two histories, by the hash of the file. */
        EVIDENCE("()evidence/" + SHA256 + "\\.json", CanonicalJson.MAX_LENGTH),
        /** A claimed view. */
        VIEW("()view/([a-z0-9][a-z0-9-]{0,99})\\.json", CanonicalJson.MAX_LENGTH);

        private final Pattern pattern;
        private final int maxLength;

        Kind(String pattern, int maxLength) {
            this.pattern = Pattern.compile(pattern);
            this.maxLength = maxLength;
        }

        int maxLength() {
            return maxLength;
        }
    }

    /** Reads a path; nothing if no file of a bundle lies there. */
    static Optional<BundlePath> of(String path) {
        if (path.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            Matcher parts = kind.pattern.matcher(path);
            if (parts.matches()) {
                boolean climbs = kind == Kind.TILE && (path.contains("//") || path.matches(".*/\\.{1,2}(/.*)?"));
                return climbs ? Optional.empty() : Optional.of(new BundlePath(kind, parts.group(1), parts.group(2)));
            }
        }
        return Optional.empty();
    }
}
