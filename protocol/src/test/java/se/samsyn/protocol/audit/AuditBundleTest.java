package se.samsyn.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Mutation;

/** The container of an audit bundle: other tools can read it, and there is one for the same files. */
class AuditBundleTest {
    private final Map<String, byte[]> files = SmallNetwork.ordinary().files();
    private final byte[] container = AuditBundle.of(files).encode();

    @Test
    void otherToolsReadIt() throws IOException {
        Map<String, byte[]> read = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                read.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertThat(read).containsOnlyKeys(files.keySet());
        assertThat(read).allSatisfy((path, bytes) -> assertThat(bytes).isEqualTo(files.get(path)));
    }

    @Test
    void isReadBackAsItWasWritten() {
        AuditBundle bundle = AuditBundle.parse(container);

        assertThat(bundle.paths()).containsExactlyElementsOf(new TreeMap<>(files).keySet());
        assertThat(bundle.paths())
                .allSatisfy(path -> assertThat(bundle.file(path)).hasValue(files.get(path)));
        assertThat(bundle.encode()).isEqualTo(container);
    }

    @Test
    void refusesWhateverItWouldNotWrite() {
        Mutation.check(
                AuditBundle.of(Map.of("policy.txt", bytes("log"), "root.note", bytes("a note")))
                        .encode(),
                3_000,
                7,
                zip -> AuditBundle.parse(zip).encode());
    }

    @Test
    void refusesAnyOtherByteAnywhere() {
        byte[] small = AuditBundle.of(Map.of("policy.txt", bytes("log"), "root.note", bytes("a note")))
                .encode();
        for (int at = 0; at < small.length; at++) {
            byte[] altered = SmallNetwork.altered(small, at);
            assertThatThrownBy(() -> AuditBundle.parse(altered))
                    .as("byte %d", at)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void refusesTrailingBytesAndATruncatedEnd() {
        assertThatThrownBy(() -> AuditBundle.parse(Arrays.copyOf(container, container.length + 1)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("bytes follow its end");
        assertThatThrownBy(() -> AuditBundle.parse(Arrays.copyOf(container, container.length - 1)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesCompressedFilesSoThatNothingSmallUnpacksToSomethingLarge() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("root.note"));
            zip.write(new byte[1 << 20]);
        }
        assertThatThrownBy(() -> AuditBundle.parse(out.toByteArray()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("one spelling");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/root.note",
                "../root.note",
                "log/../root.note",
                "log/a.example/tile/../checkpoint",
                "log/a.example/tile//0/000",
                "log/../checkpoint",
                "policy/...txt",
                "log\\a.example\\checkpoint",
                "root/0.note",
                "root/01.note",
                "readme.txt",
                "view/A.json",
                "summary/00",
                "root.note/",
                ""
            })
    void refusesPathsThatNoBundleHas(String path) {
        assertThatThrownBy(() -> AuditBundle.of(Map.of(path, new byte[0])))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("no file " + path);
    }

    @Test
    void refusesFilesThatAreOutOfOrderOrTwice() {
        byte[] a = AuditBundle.of(Map.of("policy.txt", bytes("a"))).encode();
        byte[] local = Arrays.copyOf(a, 30 + "policy.txt".length() + 1);
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(local);
        twice.writeBytes(a);

        assertThatThrownBy(() -> AuditBundle.parse(twice.toByteArray()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("is not after policy.txt");
    }

    @Test
    void refusesFilesBeyondTheirBounds() {
        assertThatThrownBy(() -> AuditBundle.of(Map.of("root.note", new byte[(1 << 20) + 1])))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("root.note has 1048577 bytes");
        Map<String, byte[]> many = new TreeMap<>();
        for (int i = 0; i <= AuditBundle.MAX_FILES; i++) {
            many.put("root/" + (i + 1) + ".note", new byte[0]);
        }
        assertThatThrownBy(() -> AuditBundle.of(many)).hasMessageContaining("at most 65000 files");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
