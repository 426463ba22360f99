package se.samsyn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.node.setup.SetupException;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
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

    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new SetupException("cannot write " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    /** Opens root keys; each key's password lies in the file {@code password} beside it unless one file is given for all. */
    static List<SigningKey> openKeys(List<Path> keys, Optional<Path> passwordFile) {
        return keys.stream()
                .map(key -> KeyFile.openRootKey(
                        key,
                        PrivateFiles.readSecret(passwordFile.orElse(
                                        key.toAbsolutePath().resolveSibling(NodeSetup.PASSWORD_FILE)))
                                .toCharArray()))
                .toList();
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
