package se.samsyn.node;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a file cannot be read or written, in the operator's words instead of the platform's. */
public final class FileTrouble {
    /** What the system says, and no exception of its own tells. */
    private static final Map<String, String> BY_SYSTEM_MESSAGE = Map.of(
            "Is a directory", "it is a folder; name a file",
            "Not a directory", "a part of its path is a file, not a folder",
            "No space left on device", "the disk is full; make room and try again",
            "Read-only file system", "the disk is read-only",
            "Device or resource busy", "the folder is in use, perhaps as a mount point",
            "Too many open files", "this process has too many files open; raise its limit");

    private FileTrouble() {}

    /** The reason; it names no file, which whoever asks does. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied; check who owns it and who runs samsyn";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        if (failure instanceof EOFException) {
            return "it ends too early";
        }
        String message = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return bySystemMessage(message);
    }

    /** Tells whether the system could not read or write, and not what read it could not understand. */
    public static boolean isOfTheSystem(IOException failure) {
        return failure instanceof FileSystemException
                || BY_SYSTEM_MESSAGE.containsKey(String.valueOf(failure.getMessage()));
    }

    private static String bySystemMessage(@Nullable String message) {
        if (message == null) {
            return "the system does not say why";
        }
        return BY_SYSTEM_MESSAGE.getOrDefault(message, message);
    }
}
