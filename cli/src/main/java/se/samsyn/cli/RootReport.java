package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Fingerprint;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.RootSignatures;

/** What people are told of a federation root. */
final class RootReport {
    private RootReport() {}

    /** Tells of version 1. */
    static void print(PrintWriter out, FederationRoot root, SignedNote note, Path file) {
        print(out, root, RootSignatures.of(note, root, Optional.empty()), file);
    }

    static void print(PrintWriter out, FederationRoot root, RootSignatures signatures, Path file) {
        out.printf(Locale.ROOT, "federation root of %s, version %d, in %s%n", root.network(), root.version(), file);
        for (Member member : root.members()) {
            out.printf(
                    Locale.ROOT,
                    "  member   %s  %s  scope %s%n",
                    member.node(),
                    member.url(),
                    member.scope().encode());
        }
        root.observers()
                .forEach(observer -> out.printf(Locale.ROOT, "  observer %s  %s%n", observer.node(), observer.url()));
        root.datasets()
                .forEach(dataset ->
                        out.printf(Locale.ROOT, "  dataset  %s  %s%n", dataset.name(), dataset.definition()));
        out.printf(
                Locale.ROOT,
                "  quorum   %d of %d other members%n",
                root.quorum(),
                root.members().size() - 1);
        root.ends()
                .forEach(end -> out.printf(
                        Locale.ROOT,
                        "  end      %s for %s at size %d%n",
                        end.key(),
                        end.origin(),
                        end.last().size()));
        root.expires().ifPresent(expires -> out.printf(Locale.ROOT, "  expires  %s%n", expires));
        printSignatures(out, signatures, file);
        if (signatures.areComplete()) {
            printHash(out, root);
        } else {
            out.printf(Locale.ROOT, "%nIts hash, which no signature changes:%n  %s%n", root.hash());
        }
    }

    /** Who has signed, and whose signature is waited for. */
    static void printSignatures(PrintWriter out, RootSignatures signatures, Path file) {
        for (RootSignatures.Part part : signatures.parts()) {
            String whose = signatures.version() == 1 ? "" : " of version " + part.version();
            out.printf(
                    Locale.ROOT,
                    "  signed   %d of the %d root keys that are needed%s%n",
                    part.signed().size(),
                    part.threshold(),
                    whose);
            part.signed().forEach(key -> printKey(out, "signed", key));
            if (!part.isComplete()) {
                part.missing().forEach(key -> printKey(out, "waits for", key));
            }
        }
        if (!signatures.areComplete()) {
            out.printf(
                    Locale.ROOT,
                    "%nIt does not count yet. Others sign it with: samsyn root sign --key FILE%s %s%n",
                    signatures.version() == 1 ? "" : " --previous FILE",
                    file);
        }
    }

    static void printHash(PrintWriter out, FederationRoot root) {
        out.printf(
                Locale.ROOT,
                "%nTell every member this hash on another channel than the file (by telephone, in the agreement):%n");
        out.printf(Locale.ROOT, "  %s%n", root.hash());
        out.printf(Locale.ROOT, "or, to compare by voice, its fingerprint:%n  %s%n", Fingerprint.ofRoot(root.hash()));
    }

    private static void printKey(PrintWriter out, String what, VerifierKey key) {
        out.printf(Locale.ROOT, "    %-9s %s  fingerprint %s%n", what, key.ref(), Fingerprint.ofKey(key));
    }
}
