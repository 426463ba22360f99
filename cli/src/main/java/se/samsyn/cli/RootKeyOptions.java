package se.samsyn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.node.setup.SetupException;
import se.samsyn.protocol.note.SigningKey;

/** The root keys that a command signs with. */
final class RootKeyOptions {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "A root key to sign with; may be given several times. Others sign with `samsyn root sign`.")
    private List<Path> keys = List.of();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The password of the root keys (default: the file `password` beside each key).")
    private @Nullable Path passwordFile;

    /**
     * Opens them.
     *
     * @throws SetupException if there is no such file
     * @throws se.samsyn.node.key.KeyFileException if one cannot be opened
     */
    List<SigningKey> open() {
        return keys.stream().map(this::open).toList();
    }

    private SigningKey open(Path key) {
        if (!Files.exists(key)) {
            throw new SetupException("there is no root key file " + key);
        }
        Path password =
                Optional.ofNullable(passwordFile).orElse(key.toAbsolutePath().resolveSibling(NodeSetup.PASSWORD_FILE));
        return KeyFile.openRootKey(key, PrivateFiles.readSecret(password).toCharArray());
    }
}
