package se.samsyn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.setup.SetupException;

/** A file that a command makes and that was not there before. */
final class NewFile {
    private NewFile() {}

    /** Refuses before anything is done that would be for nothing. */
    static void requireAbsent(Path file) {
        if (Files.exists(file)) {
            throw new SetupException(file + " exists already and is not overwritten; name another file");
        }
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new SetupException("cannot write " + file + ": " + FileTrouble.reason(e), e);
        }
    }
}
