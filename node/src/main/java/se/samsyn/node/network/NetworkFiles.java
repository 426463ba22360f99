package se.samsyn.node.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.FileTrouble;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;

/** A folder like {@code config/network}, read whole: the one that this program ships with, or an operator's own. */
public final class NetworkFiles {
    private static final String SHIPPED = "/se/samsyn/config/network";
    private static final String DATASETS = "datasets/";
    private static final String CODE_LISTS = "code-lists/";
    private static final String JSON = ".json";
    private static final int MAX_FILE_LENGTH = 4 << 20;

    private final String where;
    private final Map<String, byte[]> files;
    /** Filled when they are first asked for: each is some hundred codes, and every part of a node asks. */
    private @Nullable List<DatasetDefinition> definitions;

    private NetworkFiles(String where, Map<String, byte[]> files) {
        this.where = where;
        this.files = files;
    }

    /** The folder that this program ships with. */
    public static NetworkFiles shipped() {
        return new NetworkFiles("the files that this program ships with", resources(SHIPPED));
    }

    /**
     * An operator's own folder.
     *
     * @throws MalformedException if it cannot be read
     */
    public static NetworkFiles in(Path folder) {
        try {
            return new NetworkFiles(folder.toString(), readAll(folder));
        } catch (IOException e) {
            throw new MalformedException(
                    "cannot read the folder " + folder + " with what the network agreed on: " + FileTrouble.reason(e),
                    e);
        }
    }

    /**
     * Reads a folder of the class path.
     *
     * @return the files by their paths below it
     */
    public static Map<String, byte[]> resources(String folder) {
        try {
            URL url = Objects.requireNonNull(NetworkFiles.class.getResource(folder), folder);
            if (!(url.openConnection() instanceof JarURLConnection jar)) {
                return readAll(Path.of(url.toURI()));
            }
            // by its path, not its URI: by URI a file system is shared, and a second reader at the same time is refused
            Path file = Path.of(jar.getJarFileURL().toURI());
            try (FileSystem opened = FileSystems.newFileSystem(file, Map.of())) {
                return readAll(opened.getPath(folder));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path holds " + folder, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + " from the program's jar", e);
        }
    }

    /**
     * The bytes of a file.
     *
     * @param path below the folder
     * @throws MalformedException if there is none
     */
    public byte[] read(String path) {
        byte[] bytes = files.get(path);
        if (bytes == null) {
            throw new MalformedException("there is no file " + path + " in " + where);
        }
        return bytes.clone();
    }

    /** The names of the files below a folder, which ends in a slash. */
    public List<String> list(String folder) {
        return files.keySet().stream().filter(path -> path.startsWith(folder)).toList();
    }

    /**
     * A code list.
     *
     * @throws MalformedException if there is none of that name, or it is malformed
     */
    public CodeList codeList(String name) {
        String path = CODE_LISTS + name + JSON;
        return CodeListFile.parse(path, read(path));
    }

    /**
     * All dataset definitions, resolved, in the order of their names, and of one name the newest version first. Files are called as one
     * likes; which dataset and version they define, they say themselves.
     *
     * @throws MalformedException if one is malformed, or two define the same version of a dataset
     */
    public synchronized List<DatasetDefinition> definitions() {
        List<DatasetDefinition> known = definitions;
        if (known == null) {
            Map<DatasetDefinition, String> paths = new LinkedHashMap<>();
            for (String path : list(DATASETS)) {
                if (path.endsWith(JSON)) {
                    DatasetDefinition definition = definition(path);
                    paths.forEach((other, otherPath) -> requireDifferent(other, otherPath, definition, path));
                    paths.put(definition, path);
                }
            }
            known = paths.keySet().stream()
                    .sorted(Comparator.comparing(DatasetDefinition::dataset)
                            .thenComparing(Comparator.comparingInt(DatasetDefinition::version)
                                    .reversed()))
                    .toList();
            definitions = known;
        }
        return known;
    }

    private void requireDifferent(DatasetDefinition other, String otherPath, DatasetDefinition one, String path) {
        if (other.dataset().equals(one.dataset()) && other.version() == one.version()) {
            throw new MalformedException(otherPath + " and " + path + " in " + where + " both define version "
                    + one.version() + " of dataset " + one.dataset()
                    + ": keep one of them, or give the newer one the next version");
        }
    }

    private DatasetDefinition definition(String path) {
        try {
            return DatasetDefinition.parse(
                    DatasetDefinition.resolve(read(path), name -> read(CODE_LISTS + name + JSON)));
        } catch (MalformedException e) {
            throw new MalformedException(path + " in " + where + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, byte[]> readAll(Path folder) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile).forEach(paths::add);
        }
        if (paths.isEmpty()) {
            throw new IOException("it holds no files");
        }
        Map<String, byte[]> files = new TreeMap<>();
        for (Path path : paths) {
            if (Files.size(path) > MAX_FILE_LENGTH) {
                throw new IOException(path + " is larger than " + MAX_FILE_LENGTH + " bytes");
            }
            files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
        }
        return files;
    }
}
