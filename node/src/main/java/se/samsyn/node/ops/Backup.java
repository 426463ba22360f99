package se.samsyn.node.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import se.samsyn.node.Json;

/**
 * A copy of a node's store.
 *
 * @param directory the copy itself; its name is the node's and the time
 * @param time when it was begun, in whole seconds: everything that was acknowledged before is in it
 * @param length of all its files, in bytes
 */
public record Backup(Path directory, Instant time, long length) {
    /** The name of its folder. */
    public String name() {
        return String.valueOf(directory.getFileName());
    }

    /** As the API answers it. */
    public ObjectNode toJson() {
        return Json.object()
                .put("name", name())
                .put("directory", directory.toString())
                .put("time", time.toString())
                .put("bytes", length);
    }
}
