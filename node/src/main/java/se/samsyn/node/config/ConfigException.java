package se.samsyn.node.config;

import java.nio.file.Path;
import java.util.List;

/** A configuration that a node does not start with; the message lists all that is wrong with it. */
public final class ConfigException extends RuntimeException {
    ConfigException(Path file, List<String> mistakes) {
        super("the configuration " + file + " has " + mistakes.size()
                + (mistakes.size() == 1 ? " mistake" : " mistakes") + ":\n  - " + String.join("\n  - ", mistakes));
    }
}
