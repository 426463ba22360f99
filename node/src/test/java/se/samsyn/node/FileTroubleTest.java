package se.samsyn.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform says of files, as operators read it. */
class FileTroubleTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhatIsWrongWithAFileThatCannotBeRead() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {(byte) 0xff, '\n'});

        assertThat(reason(() -> Files.readAllBytes(folder.resolve("none")))).isEqualTo("there is no such file");
        assertThat(reason(() -> Files.readAllBytes(folder))).isEqualTo("it is a folder; name a file");
        assertThat(reason(() -> Files.readAllBytes(file.resolve("below"))))
                .isEqualTo("a part of its path is a file, not a folder");
        assertThat(reason(() -> Files.readString(file, UTF_8))).isEqualTo("it is not text in UTF-8");
        assertThat(reason(() -> Files.createFile(file))).isEqualTo("it exists already");
    }

    @Test
    void saysWhatTheSystemSaysInWordsThatHelp() {
        assertThat(FileTrouble.reason(new AccessDeniedException("/f"))).startsWith("permission denied; check who");
        assertThat(FileTrouble.reason(new FileSystemException("/f", null, "No space left on device")))
                .startsWith("the disk is full");
        assertThat(FileTrouble.reason(new IOException("No space left on device")))
                .startsWith("the disk is full");
        assertThat(FileTrouble.reason(new FileSystemException("/f", null, "Read-only file system")))
                .isEqualTo("the disk is read-only");
        assertThat(FileTrouble.reason(new IOException("something else"))).isEqualTo("something else");
        assertThat(FileTrouble.reason(new IOException((String) null))).isNotBlank();
    }

    private static String reason(Callable<?> call) {
        return FileTrouble.reason(catchThrowableOfType(IOException.class, call::call));
    }
}
