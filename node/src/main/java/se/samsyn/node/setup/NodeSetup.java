package se.samsyn.node.setup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.Json;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.config.Role;
import se.samsyn.node.config.Token;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.key.TlsIdentity;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.Observer;
import se.samsyn.protocol.root.Scope;

/**
 * The files of a new node, made once: keys, password, tokens, configuration, and the member lines that it hands to whoever puts the
 * federation root together. The member's root key lies in a folder of its own, to be carried off the machine.
 *
 * @param node the node's name
 * @param url where peers reach it
 * @param scope the places that it speaks for; none for an observer, which publishes nothing
 * @param peer where its peer listener binds
 * @param user where its user listener binds
 * @param automaticRelease datasets that are released by rule
 * @param heldPeriods by dataset: periods that are not released by rule
 * @param pollMillis how often it asks for its peers' checkpoints
 */
public record NodeSetup(
        String node,
        URI url,
        Optional<Scope> scope,
        Address peer,
        Address user,
        List<String> automaticRelease,
        Map<String, List<String>> heldPeriods,
        int pollMillis) {
    public static final String CONFIG_FILE = "node.json";
    public static final String MEMBER_FILE = "member.txt";
    public static final String OBSERVER_FILE = "observer.txt";
    public static final String ROOT_KEY_FOLDER = "root-key";
    public static final String ROOT_KEY_FILE = "root-key.p12";
    public static final String PASSWORD_FILE = "password";

    private static final String KEY_FILE = "keys.p12";
    private static final String DATA_DIRECTORY = "data";
    private static final String TOKEN_SUFFIX = ".token";
    private static final String UNFINISHED_SUFFIX = ".unfinished";

    /** Where the token of a role lies, beside the configuration. */
    public static Path tokenFile(Path configFile, Role role) {
        return configFile.toAbsolutePath().resolveSibling(role.wireName() + TOKEN_SUFFIX);
    }

    /**
     * Makes the files, all of them or none: they are made in a folder beside the one that they are for, which gets its name when it is
     * complete. What is left of one that was interrupted is made anew.
     *
     * @param directory must not be there yet, or be empty
     * @return the member lines
     * @throws SetupException if there is something in the folder already, or a file cannot be written
     */
    public MemberLines create(Path directory, InstantSource clock) {
        return make(directory, unfinished -> createMember(unfinished, clock));
    }

    /**
     * Makes the files of an observer, as {@link #create} does those of a member: without a root key, and with a key for TLS alone.
     *
     * @return what the federation root is to list
     */
    public Observer createObserver(Path directory, InstantSource clock) {
        return make(directory, unfinished -> createObserverFiles(unfinished, clock));
    }

    private <T> T make(Path directory, Function<Path, T> createAll) {
        Path target = directory.toAbsolutePath().normalize();
        if (Files.exists(target.resolve(CONFIG_FILE))) {
            throw new SetupException("there is a node in " + directory + " already; nothing was changed");
        }
        if (!isAbsentOrEmpty(target) || target.getFileName() == null) {
            throw new SetupException(
                    directory
                            + " is not empty; nothing was changed. A node's files are made in a new folder: name one with --dir");
        }
        Path parent = target.resolveSibling("").normalize();
        PrivateFiles.makeDirectory(parent);
        Path unfinished = parent.resolve("." + target.getFileName() + UNFINISHED_SUFFIX);
        try {
            delete(unfinished);
            PrivateFiles.makeDirectory(unfinished);
            T made = createAll.apply(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (IOException e) {
            throw new SetupException("cannot make the folder " + directory + ": " + FileTrouble.reason(e), e);
        }
    }

    private Observer createObserverFiles(Path directory, InstantSource clock) {
        TlsIdentity tls =
                KeyFile.createObserverKeys(directory.resolve(KEY_FILE), newPassword(directory), node, clock.instant());
        Observer observer = new Observer(node, url, Set.of(tls.pin()));
        writeText(directory.resolve(OBSERVER_FILE), observer.encode());
        writeText(directory.resolve(CONFIG_FILE), Json.pretty(config(directory)) + "\n");
        return observer;
    }

    private MemberLines createMember(Path directory, InstantSource clock) {
        Path rootKeyFolder = directory.resolve(ROOT_KEY_FOLDER);
        PrivateFiles.makeDirectory(rootKeyFolder);
        NodeKeys keys =
                KeyFile.createNodeKeys(directory.resolve(KEY_FILE), newPassword(directory), node, clock.instant());
        SigningKey rootKey = KeyFile.createRootKey(
                rootKeyFolder.resolve(ROOT_KEY_FILE), newPassword(rootKeyFolder), node, clock.instant());
        MemberLines lines = new MemberLines(List.of(rootKey.verifierKey()), member(keys), Map.of());
        writeText(directory.resolve(MEMBER_FILE), lines.encode());
        writeText(directory.resolve(CONFIG_FILE), Json.pretty(config(directory)) + "\n");
        return lines;
    }

    private static boolean isAbsentOrEmpty(Path directory) {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new SetupException("cannot make a node in " + directory + ": " + FileTrouble.reason(e), e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Member member(NodeKeys keys) {
        return new Member(
                node,
                url,
                scope.orElseThrow(),
                Set.of(keys.tls().pin()),
                keys.logVerifiers(),
                List.of(keys.publisher().verifierKey()),
                List.of(keys.witness().verifierKey()));
    }

    private ObjectNode config(Path directory) {
        ObjectNode json = Json.object();
        json.put("node", node);
        json.put("dataDirectory", DATA_DIRECTORY);
        json.put("keyFile", KEY_FILE);
        json.put("passwordFile", PASSWORD_FILE);
        json.putObject("peer").put("host", peer.host()).put("port", peer.port());
        json.putObject("user").put("host", user.host()).put("port", user.port());
        ArrayNode tokens = json.putArray("tokens");
        for (Role role : Role.values()) {
            String secret = PrivateFiles.newSecret();
            PrivateFiles.write(tokenFile(directory.resolve(CONFIG_FILE), role), secret + "\n");
            tokens.addObject()
                    .put("name", role.wireName())
                    .put("role", role.wireName())
                    .put("sha256", Token.hashOf(secret).toHex());
        }
        ArrayNode datasets = json.putArray("automaticRelease");
        automaticRelease.forEach(datasets::add);
        if (!heldPeriods.isEmpty()) {
            json.set("heldPeriods", Json.tree(heldPeriods));
        }
        if (pollMillis != NodeConfig.DEFAULT_POLL_MILLIS) {
            json.put("pollMillis", pollMillis);
        }
        return json;
    }

    private static char[] newPassword(Path directory) {
        String password = PrivateFiles.newSecret();
        PrivateFiles.write(directory.resolve(PASSWORD_FILE), password + "\n");
        return password.toCharArray();
    }

    private static void writeText(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new SetupException("cannot write " + file + ": " + FileTrouble.reason(e), e);
        }
    }
}
