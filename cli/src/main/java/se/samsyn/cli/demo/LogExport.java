package se.samsyn.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import se.samsyn.cli.ApiClient;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TilePath;

/**
 * Copies a log as a node serves it (C2SP tlog-tiles) into a folder: checkpoint, tiles, entry bundles, and the bodies that are still
 * there.
 */
public final class LogExport {
    private final ApiClient client;
    private final FederationRoot root;
    private final String node;
    private final Path folder;

    /**
     * Prepares a copy.
     *
     * @param folder to be made; its files get the paths at which they are served
     */
    public LogExport(ApiClient client, FederationRoot root, String node, Path folder) {
        this.client = client;
        this.root = root;
        this.node = node;
        this.folder = folder;
    }

    /** Copies everything that the served checkpoint covers. */
    public void run() {
        byte[] note = copy("checkpoint");
        long size = Checkpoint.parse(SignedNote.parse(note).text()).head().size();
        for (int level = 0; level <= Tile.MAX_LEVEL; level++) {
            long hashes = Tile.hashes(level, size);
            for (long index = 0; index * Tile.WIDTH < hashes; index++) {
                int width = (int) Math.min(Tile.WIDTH, hashes - index * Tile.WIDTH);
                copy(TilePath.hashes(new Tile(level, index, width)).encode());
                if (level == 0) {
                    byte[] bundle = copy(TilePath.entries(index, width).encode());
                    copyBodies(EntryBundle.parse(bundle, width));
                }
            }
        }
    }

    private void copyBodies(List<byte[]> entries) {
        for (byte[] entry : entries) {
            Statement statement = SignedStatement.verify(entry, root, node).statement();
            if (statement instanceof SummaryStatement summary) {
                String path = "summary/" + summary.sha256().toHex();
                client.find(served(path)).ifPresent(body -> write(path, body));
            }
        }
    }

    private byte[] copy(String path) {
        byte[] bytes = client.get(served(path));
        write(path, bytes);
        return bytes;
    }

    private String served(String path) {
        return "/log/" + node + "/" + path;
    }

    private void write(String path, byte[] bytes) {
        Path file = folder.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
