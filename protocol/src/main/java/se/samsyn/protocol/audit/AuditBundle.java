package se.samsyn.protocol.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.protocol.MalformedException;

/**
 * All that is needed to verify views offline: every version of the federation root, of each log the cosigned checkpoint, all entries and
 * the
 * bodies that are not retracted, the dataset definitions, accepted evidence, and the views that are claimed.
 *
 * <p>Files by the paths at which they are served; nothing in them is verified yet. It travels as a folder, or as one file: see {@link
 * #parse}.
 */
public final class AuditBundle {
    /** Files in a bundle. */
    public static final int MAX_FILES = 65_000;
    /** Bytes in a bundle, with the names of its files: 1 GiB. */
    public static final int MAX_LENGTH = 1 << 30;

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final List<String> unknown = new ArrayList<>();

    private AuditBundle() {}

    /**
     * Takes the files of a bundle.
     *
     * @param files by path, with slashes
     * @throws MalformedException if a path is not one of a bundle's, a file is longer than any of its kind, or there are more than the
     * bounds
     */
    public static AuditBundle of(Map<String, byte[]> files) {
        AuditBundle bundle = ofFolder(files);
        if (!bundle.unknown.isEmpty()) {
            throw new MalformedException("an audit bundle has no file " + Findings.shown(bundle.unknown.get(0)));
        }
        return bundle;
    }

    /**
     * Takes the files of a folder. What is no file of a bundle is kept by name, for the verification to refute.
     *
     * @throws MalformedException if a file is longer than any of its kind, or there are more than the bounds
     */
    public static AuditBundle ofFolder(Map<String, byte[]> files) {
        AuditBundle bundle = new AuditBundle();
        long length = 0;
        if (files.size() > MAX_FILES) {
            throw new MalformedException("an audit bundle has at most " + MAX_FILES + " files, not " + files.size());
        }
        for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
            Optional<BundlePath> path = BundlePath.of(file.getKey());
            if (path.isEmpty()) {
                bundle.unknown.add(file.getKey());
                continue;
            }
            int max = path.get().kind().maxLength();
            length += file.getKey().length() + (long) file.getValue().length;
            if (file.getValue().length > max || length > MAX_LENGTH) {
                throw new MalformedException(file.getKey() + " has " + file.getValue().length
                        + " bytes, expected at most " + max + ", and at most " + MAX_LENGTH + " in the whole bundle");
            }
            bundle.files.put(file.getKey(), file.getValue().clone());
        }
        return bundle;
    }

    /**
     * Reads the container: a ZIP archive that other tools can read too, of which there is one for the same files. Nothing in it is
     * compressed,
     * so that no small file unpacks to a large one.
     *
     * @throws MalformedException if it is not byte for byte what {@link #encode} writes
     */
    public static AuditBundle parse(byte[] container) {
        return of(BundleZip.read(container));
    }

    /** True if these bytes begin as {@link #parse} expects: whatever else they are, they were meant as an archive. */
    public static boolean isContainer(byte[] bytes) {
        return BundleZip.isZip(bytes);
    }

    /** The container's bytes. */
    public byte[] encode() {
        return BundleZip.write(files);
    }

    /** The paths of all files, sorted. */
    public List<String> paths() {
        return List.copyOf(files.keySet());
    }

    /** The bytes of a file. */
    public Optional<byte[]> file(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    /** The paths of what is no file of a bundle. */
    List<String> unknown() {
        return unknown;
    }

    /** All files of one kind, in the order of their paths. */
    List<BundlePath> ofKind(BundlePath.Kind kind) {
        return files.keySet().stream()
                .map(path -> BundlePath.of(path).orElseThrow())
                .filter(path -> path.kind() == kind)
                .toList();
    }
}
