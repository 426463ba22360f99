package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of every source file of all modules and no formatter or compiler checks. */
class TidyTest {
    private static final Path PROJECT = Path.of("..");
    private static final List<String> MODULES = List.of("protocol", "node", "cli");
    private static final int MAX_CODE_COLUMNS = 120;
    private static final int MAX_COMMENT_COLUMNS = 140;
    private static final int MAX_LINES = 400;

    // put together here, so that this file does not break its own rules
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sl" + "eep\\b|TimeUnit\\.\\w+\\.sl" + "eep\\b");
    private static final Pattern COMMENT = Pattern.compile("^ *(/\\*\\*|\\*|//)");
    private static final Pattern STAR = Pattern.compile("^import .*\\*;$");
    private static final Pattern TEST_PREFIX = Pattern.compile("^ +(public )?void te" + "st[A-Z]\\w*\\(");

    @Test
    void linesFitOnAScreenAndFilesInAHead() throws IOException {
        List<String> faults = new ArrayList<>();
        sources().forEach((file, lines) -> {
            if (lines.size() > MAX_LINES) {
                faults.add(file + " has " + lines.size() + " lines, at most " + MAX_LINES);
            }
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > maxColumns(lines.get(i))) {
                    faults.add(file + ":" + (i + 1) + " has " + lines.get(i).length() + " columns");
                }
            }
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void nothingIsUnfinishedAndNothingSleeps() throws IOException {
        assertThat(linesWith(UNFINISHED)).isEmpty();
        assertThat(linesWith(SLEEP)).isEmpty();
    }

    @Test
    void importsNameWhatTheyImport() throws IOException {
        assertThat(linesWith(STAR)).isEmpty();
    }

    @Test
    void testsAreNamedBySentences() throws IOException {
        assertThat(linesWith(TEST_PREFIX)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        List<Path> mute = sources().keySet().stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .toList();
        assertThat(mute).isEmpty();
    }

    /** The formatter breaks code; what it leaves longer is a string that it cannot break. */
    private static int maxColumns(String line) {
        boolean isText = COMMENT.matcher(line).find() || line.contains("\"");
        return isText ? MAX_COMMENT_COLUMNS : MAX_CODE_COLUMNS;
    }

    private static List<String> linesWith(Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        sources().forEach((file, lines) -> {
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + " " + lines.get(i).strip());
                }
            }
        });
        return found;
    }

    private static Map<Path, List<String>> sources() throws IOException {
        Map<Path, List<String>> sources = new TreeMap<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.put(file, Files.readAllLines(file));
                }
            }
        }
        assertThat(sources).as("sources under " + PROJECT.toAbsolutePath()).hasSizeGreaterThan(200);
        return sources;
    }
}
