package se.samsyn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.setup.SetupException;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.RootTransition;

/** The files that the root commands read and write. */
final class RootFiles {
    private RootFiles() {}

    static String readText(Path file) {
        return new String(readBytes(file), StandardCharsets.UTF_8);
    }

    static byte[] readBytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new SetupException("cannot read " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    /** Whole or not at all: the signatures that a file has already must not be lost with the next. */
    static void write(Path file, byte[] bytes) {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(
                    whole,
                    bytes,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new SetupException("cannot write " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    static SignedNote readNote(Path file) {
        try {
            return SignedNote.parse(readBytes(file));
        } catch (MalformedException e) {
            throw new MalformedException(file + " is no federation root: " + e.getMessage(), e);
        }
    }

    static FederationRoot readRoot(Path file) {
        try {
            return FederationRoot.parse(readNote(file).text());
        } catch (MalformedException e) {
            throw new MalformedException(file + ": " + e.getMessage(), e);
        }
    }

    static MemberLines readMemberLines(Path file) {
        try {
            return MemberLines.parse(readText(file));
        } catch (MalformedException e) {
            throw new MalformedException(file + ": " + e.getMessage(), e);
        }
    }

    /** The version before, which a later version than the first cannot be judged or signed without. */
    static Optional<FederationRoot> previous(FederationRoot root, @Nullable Path file) {
        if (root.version() == 1) {
            return Optional.empty();
        }
        if (file == null) {
            throw new SetupException("version " + root.version() + " is also signed by root keys of version "
                    + (root.version() - 1) + ", which are listed there: give that version with --previous FILE");
        }
        FederationRoot previous = readRoot(file);
        RootTransition.check(List.of(previous), root);
        return Optional.of(previous);
    }
}
