package se.samsyn.node.network;

import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;

/** A file of {@code code-lists/}. */
final class CodeListFile {
    private CodeListFile() {}

    static CodeList parse(String path, byte[] file) {
        try {
            return CodeList.parse(file);
        } catch (MalformedException e) {
            throw new MalformedException(path + ": " + e.getMessage(), e);
        }
    }
}
