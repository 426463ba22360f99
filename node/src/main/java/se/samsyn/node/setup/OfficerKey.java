package se.samsyn.node.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import se.samsyn.node.key.KeyFile;
import se.samsyn.protocol.note.VerifierKey;

/** Makes a release officer's publisher key with its password in a folder of its own, on whichever machine the officer works at. */
public final class OfficerKey {
    public static final String KEY_FILE = "officer.p12";

    private OfficerKey() {}

    /**
     * Makes the folder with both files.
     *
     * @param folder must not be there yet
     * @param node the member's node
     * @throws SetupException if it is there, or cannot be made
     */
    public static VerifierKey create(Path folder, String node, InstantSource clock) {
        if (Files.exists(folder)) {
            throw new SetupException(folder + " exists already and is not overwritten");
        }
        PrivateFiles.makeDirectory(folder);
        String password = PrivateFiles.newSecret();
        PrivateFiles.write(folder.resolve(NodeSetup.PASSWORD_FILE), password + "\n");
        return KeyFile.createOfficerKey(folder.resolve(KEY_FILE), password.toCharArray(), node, clock.instant())
                .verifierKey();
    }
}
