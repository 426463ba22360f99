package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;

/** What people are told of a federation root. */
final class RootReport {
    private RootReport() {}

    static void print(PrintWriter out, FederationRoot root, SignedNote note, Path file) {
        out.printf(Locale.ROOT, "federation root of %s, version %d, in %s%n", root.network(), root.version(), file);
        for (Member member : root.members()) {
            out.printf(
                    Locale.ROOT,
                    "  member   %s  %s  scope %s%n",
                    member.node(),
                    member.url(),
                    member.scope().encode());
        }
        root.datasets()
                .forEach(dataset ->
                        out.printf(Locale.ROOT, "  dataset  %s  %s%n", dataset.name(), dataset.definition()));
        out.printf(
                Locale.ROOT,
                "  quorum   %d of %d other members%n",
                root.quorum(),
                root.members().size() - 1);
        root.expires().ifPresent(expires -> out.printf(Locale.ROOT, "  expires  %s%n", expires));
        long signed = note.signatures().stream()
                .map(SignatureLine::ref)
                .filter(ref ->
                        root.rootKeys().stream().anyMatch(key -> key.ref().equals(ref)))
                .distinct()
                .count();
        out.printf(Locale.ROOT, "  signed   %d of the %d root keys that are needed%n", signed, root.threshold());
        if (signed < root.threshold()) {
            out.printf(
                    Locale.ROOT,
                    "%nIt does not count yet. Others sign it with: samsyn root sign --key FILE %s%n",
                    file);
        }
        out.printf(
                Locale.ROOT,
                "%nTell every member this hash on another channel than the file (by telephone, in the agreement):%n");
        out.printf(Locale.ROOT, "  %s%n", root.hash());
    }
}
