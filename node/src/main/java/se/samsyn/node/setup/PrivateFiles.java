package se.samsyn.node.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import se.samsyn.node.FileTrouble;
import se.samsyn.protocol.CanonicalBase64;

/** Files with secrets, which only their owner can read, and the secrets in them. */
public final class PrivateFiles {
    private static final int SECRET_LENGTH = 32;

    private PrivateFiles() {}

    /** A new secret with 256 random bits, as text. */
    static String newSecret() {
        byte[] bytes = new byte[SECRET_LENGTH];
        new SecureRandom().nextBytes(bytes);
        return CanonicalBase64.encodeUrl(bytes);
    }

    /**
     * Writes a new file that only its owner can read.
     *
     * @throws SetupException if it exists already, or cannot be written
     */
    static void write(Path file, String text) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new SetupException(file + " exists already and is not overwritten", e);
        } catch (IOException e) {
            throw new SetupException("cannot write " + file + ": " + FileTrouble.reason(e), e);
        }
    }

    /** Makes a directory that only its owner can enter, and those above it. */
    static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new SetupException("cannot make the folder " + directory + ": " + FileTrouble.reason(e), e);
        }
    }

    /**
     * Reads a secret: the first line of a file.
     *
     * @throws SetupException if the file cannot be read or is empty
     */
    public static String readSecret(Path file) {
        try {
            String secret = Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            if (secret.isBlank()) {
                throw new SetupException(file + " is empty; it must hold a secret on its first line");
            }
            return secret;
        } catch (IOException e) {
            throw new SetupException("cannot read the secret in " + file + ": " + FileTrouble.reason(e), e);
        }
    }
}
