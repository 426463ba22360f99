package se.samsyn.node.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.Node;
import se.samsyn.node.NodeStartException;
import se.samsyn.node.SettableClock;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.Role;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.key.KeyFileException;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.setup.Launch.Invitation;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.RootSignatures;
import se.samsyn.protocol.root.Scope;

class LaunchTest {
    private final SettableClock clock = new SettableClock(TestFederation.START);

    @TempDir
    private Path folder;

    @Test
    void makesFilesWhoseSecretsOnlyTheirOwnerCanRead() throws IOException {
        init("norra", "24");
        Map<String, String> permissions = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("norra"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                permissions.put(
                        folder.resolve("norra").relativize(file).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        assertThat(permissions)
                .containsOnlyKeys(
                        "coordinator.token",
                        "keys.p12",
                        "member.txt",
                        "node.json",
                        "operator.token",
                        "password",
                        "root-key/password",
                        "root-key/root-key.p12");
        permissions.keySet().removeAll(List.of("member.txt", "node.json"));
        assertThat(permissions.values()).containsOnly("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("norra"))))
                .isEqualTo("rwx------");
    }

    @Test
    void neverOverwritesANode() throws IOException {
        init("norra", "24");
        Map<String, Hash> before = contents();
        assertThatThrownBy(() -> init("norra", "24"))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("nothing was changed");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void neverOverwritesKeysWhoseConfigurationIsGone() throws IOException {
        init("norra", "24");
        Files.delete(folder.resolve("norra/node.json"));
        Map<String, Hash> before = contents();
        assertThatThrownBy(() -> init("norra", "24")).isInstanceOf(SetupException.class);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void tellsNoSecretInItsConfigurationItsMemberLinesOrAnyToString() throws IOException {
        init("norra", "24");
        NodeKeys keys = keys("norra");
        String told = Files.readString(config("norra"))
                + Files.readString(folder.resolve("norra/member.txt"))
                + keys
                + keys.tls()
                + keys.log()
                + ConfigFile.read(config("norra"));

        List<String> secrets = new ArrayList<>();
        for (Role role : Role.values()) {
            secrets.add(PrivateFiles.readSecret(NodeSetup.tokenFile(config("norra"), role)));
        }
        secrets.add(PrivateFiles.readSecret(folder.resolve("norra/password")));
        secrets.add(PrivateFiles.readSecret(folder.resolve("norra/root-key/password")));
        assertThat(secrets).doesNotHaveDuplicates().allMatch(secret -> secret.length() >= 43);
        assertThat(secrets).noneMatch(told::contains);
    }

    @Test
    void saysWhatToDoWithoutARoot() {
        init("norra", "24");
        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.empty(), clock))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("--root FILE and --root-hash HASH");
    }

    @Test
    void refusesARootWithAnotherHashThanItWasTold() {
        Invitation invitation = network("north", "norra", "vastra");
        Invitation wrong = new Invitation(invitation.rootFile(), Hash.sha256("another".getBytes(UTF_8)));
        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.of(wrong), clock))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("as told on another channel");
        assertThat(folder.resolve("norra/data")).doesNotExist();
        assertThat(folder.resolve("norra/network-hash")).doesNotExist();
    }

    @Test
    void joinsOneNetworkOnce() {
        Invitation north = network("north", "norra", "vastra");
        Launch.open(config("norra"), Optional.of(north), clock).close();
        Launch.open(config("norra"), Optional.empty(), clock).close();
        Launch.open(config("norra"), Optional.of(north), clock).close();

        Invitation south = root("south", List.of("norra", "vastra"));
        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.of(south), clock))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(north.hash().toHex())
                .hasMessageContaining(south.hash().toHex());
    }

    @Test
    void doesNotStartALogAnewWhenItsStoreIsGone() throws IOException {
        Invitation north = network("north", "norra", "vastra");
        Launch.open(config("norra"), Optional.of(north), clock).close();
        try (Stream<Path> files = Files.walk(folder.resolve("norra/data"))) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.of(north), clock))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("restore");
        assertThat(Store.exists(folder.resolve("norra/data"))).isFalse();
    }

    @Test
    void refusesANodeThatIsNoMember() {
        init("sodra", "12");
        Invitation north = network("north", "norra", "vastra");
        assertThatThrownBy(() -> Launch.open(config("sodra"), Optional.of(north), clock))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("sodra.example is neither member nor observer in version 1")
                .hasMessageContaining("--wait");
        assertJoinedNothing("sodra");

        Invitation south = root("south", List.of("norra", "sodra"));
        Launch.open(config("sodra"), Optional.of(south), clock).close();
    }

    @Test
    void joinsNothingWithAConfigurationThatDoesNotGoWithTheNetwork() throws IOException {
        Invitation north = network("north", "norra", "vastra");
        String config = Files.readString(config("norra"));
        Files.writeString(config("norra"), config.replace("\"costs\"", "\"cost\""));

        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.of(north), clock))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("automaticRelease: there is no dataset \"cost\"");
        assertJoinedNothing("norra");
    }

    @Test
    void saysThatAFileIsNoFederationRoot() throws IOException {
        Invitation north = network("north", "norra", "vastra");
        Path other = Files.writeString(folder.resolve("other.note"), "not a note");

        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.of(new Invitation(other, north.hash())), clock))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(other + " is no federation root");
        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.of(new Invitation(folder, north.hash())), clock))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("it is a folder");
        assertJoinedNothing("norra");
    }

    @Test
    void makesANodeAnewWhoseMakingWasInterrupted() throws IOException {
        Path unfinished = Files.createDirectories(folder.resolve(".norra.unfinished/root-key"));
        Files.writeString(unfinished.resolve("password"), "of a process that was killed\n");
        Files.writeString(unfinished.resolveSibling("password"), "of a process that was killed\n");

        init("norra", "24");

        assertThat(keys("norra").log()).isNotNull();
        assertThat(folder.resolve(".norra.unfinished")).doesNotExist();
    }

    @Test
    void makesANodeInAnEmptyFolderAndInNoOther() throws IOException {
        Files.createDirectory(folder.resolve("norra"));
        init("norra", "24");
        assertThat(keys("norra").log()).isNotNull();

        Path kept = Files.writeString(
                Files.createDirectory(folder.resolve("vastra")).resolve("kept"), "kept");
        assertThatThrownBy(() -> init("vastra", "14"))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("is not empty")
                .hasMessageContaining("--dir");
        assertThat(kept).hasContent("kept");
        assertThat(folder.resolve(".vastra.unfinished")).doesNotExist();
    }

    @Test
    void refusesKeysThatAreNotInTheRoot() throws IOException {
        Invitation north = network("north", "norra", "vastra");
        Files.delete(folder.resolve("norra/keys.p12"));
        char[] password =
                PrivateFiles.readSecret(folder.resolve("norra/password")).toCharArray();
        KeyFile.createNodeKeys(folder.resolve("norra/keys.p12"), password, "norra.example", clock.instant());

        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.of(north), clock))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContainingAll("log:", "witness:", "publisher:", "tls:");
        assertJoinedNothing("norra");
    }

    @Test
    void saysWhichKeyFileItCannotOpen() throws IOException {
        Invitation north = network("north", "norra", "vastra");
        Path password = folder.resolve("norra/password");
        Files.writeString(password, "another\n");
        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.of(north), clock))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContainingAll("norra/keys.p12", "passwordFile");
        Files.writeString(password, "\n");
        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.of(north), clock))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("is empty");
        Files.delete(password);
        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.of(north), clock))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(password.toString());
    }

    @Test
    void saysWhichPortIsTaken() {
        Invitation north = network("north", "norra", "vastra");
        Launch.open(config("norra"), Optional.of(north), clock).close();
        try (ServerSocket taken = new ServerSocket(peerPort("norra"), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            Node node = Launch.open(config("norra"), Optional.empty(), clock);
            assertThatThrownBy(node::start)
                    .isInstanceOf(NodeStartException.class)
                    .hasMessageContaining("peer listener cannot bind to 127.0.0.1:" + peerPort("norra"));
            node.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Invitation network(String name, String first, String second) {
        init(first, "24");
        init(second, "14");
        return root(name, List.of(first, second));
    }

    private Invitation root(String name, List<String> members) {
        try {
            List<MemberLines> lines = new ArrayList<>();
            List<SigningKey> keys = new ArrayList<>();
            for (String member : members) {
                Path of = folder.resolve(member);
                lines.add(MemberLines.parse(Files.readString(of.resolve(NodeSetup.MEMBER_FILE))));
                Path rootKey = of.resolve(NodeSetup.ROOT_KEY_FOLDER);
                keys.add(KeyFile.openRootKey(
                        rootKey.resolve(NodeSetup.ROOT_KEY_FILE),
                        PrivateFiles.readSecret(rootKey.resolve(NodeSetup.PASSWORD_FILE))
                                .toCharArray()));
            }
            FederationRoot root = FirstRoot.of(
                    name + ".example",
                    lines,
                    lines.size(),
                    NetworkFiles.shipped().definitions(),
                    clock.instant(),
                    clock.instant().plus(Duration.ofDays(1)));
            Path file = folder.resolve(name + ".note");
            Files.write(
                    file,
                    RootSignatures.sign(root, Optional.empty(), List.of(), keys).encode());
            return new Invitation(file, root.hash());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void init(String name, String county) {
        int port = 19_000 + county.hashCode() % 1000;
        new NodeSetup(
                        name + ".example",
                        URI.create("https://127.0.0.1:" + port),
                        Optional.of(Scope.parse(county)),
                        new Address("127.0.0.1", port),
                        new Address("127.0.0.1", 0),
                        List.of("costs"),
                        Map.of(),
                        1_000)
                .create(folder.resolve(name), clock);
    }

    /** A node that was refused has made nothing that would keep it from joining another network. */
    private void assertJoinedNothing(String name) {
        assertThat(folder.resolve(name).resolve("data")).doesNotExist();
        assertThat(folder.resolve(name).resolve("network-hash")).doesNotExist();
    }

    private int peerPort(String name) {
        return ConfigFile.read(config(name)).peer().port();
    }

    private Path config(String name) {
        return folder.resolve(name).resolve(NodeSetup.CONFIG_FILE);
    }

    private NodeKeys keys(String name) {
        return KeyFile.open(
                        folder.resolve(name).resolve("keys.p12"),
                        PrivateFiles.readSecret(folder.resolve(name).resolve("password"))
                                .toCharArray(),
                        name + ".example")
                .newest();
    }

    private Map<String, Hash> contents() throws IOException {
        Map<String, Hash> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Hash.sha256(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
