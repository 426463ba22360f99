package se.samsyn.protocol.root;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import se.samsyn.protocol.CanonicalDecimal;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.KeyEnd;

/**
 * The lines of a federation root, or of a member's part of one, as they were read one by one; what they say of each
 * other is checked later.
 */
final class RootLines {
    /** A member or an observer, without what other lines say of it. */
    record Node(int line, String name, URI url, Optional<Scope> scope) {}

    /** A key, and the line that lists it. */
    record Key(int line, KeyUse use, VerifierKey key) {}

    /** A key that a node uses for TLS. */
    record TlsPin(int line, String node, Hash pin) {}

    /** What a publisher key may sign. */
    record May(int line, Set<String> kinds) {}

    private static final Pattern WORD = Pattern.compile("[a-z0-9-]+");
    private static final String EXTRA = "x-";
    private static final int MAX_SHOWN = 80;

    long version;
    long threshold;
    long quorum;
    Optional<String> previous = Optional.empty();
    Optional<Instant> issued = Optional.empty();
    Optional<Instant> expires = Optional.empty();
    final List<Key> keys = new ArrayList<>();
    final Map<String, Node> nodes = new LinkedHashMap<>();
    final List<TlsPin> tlsPins = new ArrayList<>();
    final Map<String, May> may = new LinkedHashMap<>();
    final List<AuthorisedDataset> datasets = new ArrayList<>();
    final List<KeyEnd> ends = new ArrayList<>();
    final List<String> extras = new ArrayList<>();
    final Set<RootWord> seen = EnumSet.noneOf(RootWord.class);
    final Mistakes mistakes;

    private final Set<Hash> publicKeys = new HashSet<>();
    private final Set<String> refs = new HashSet<>();
    private int line;

    private RootLines(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /**
     * Reads all lines; what is wrong with one is added to the mistakes.
     *
     * @param first the number of the first of these lines
     */
    static RootLines read(List<String> text, int first, Set<RootWord> allowed, Mistakes mistakes) {
        RootLines lines = new RootLines(mistakes);
        lines.line = first;
        for (String each : text) {
            try {
                lines.readLine(each, allowed);
            } catch (MalformedException | RefutedException e) {
                mistakes.add(lines.line, String.valueOf(e.getMessage()));
            }
            lines.line++;
        }
        return lines;
    }

    private static long positive(String what, String text) {
        long number = CanonicalDecimal.parse(what, text);
        if (number < 1) {
            throw new MalformedException(what + " is 0, expected a positive number");
        }
        return number;
    }

    /** The keys of one use, in the order of their lines. */
    List<VerifierKey> keys(KeyUse use) {
        return keys.stream().filter(key -> key.use() == use).map(Key::key).toList();
    }

    private void readLine(String text, Set<RootWord> allowed) {
        if (text.startsWith(EXTRA)) { // what a verifier need not understand
            extras.add(text);
            return;
        }
        String[] words = text.split(" ", -1);
        RootWord word = allowed.stream()
                .filter(each -> each.word().equals(words[0]))
                .findFirst()
                .orElseThrow(() -> new MalformedException("unknown word \"" + shorten(words[0]) + "\", expected one of "
                        + String.join(", ", allowed.stream().map(RootWord::word).toList())));
        if (words.length - 1 != word.arguments()) {
            throw new MalformedException((words.length - 1) + " words after " + words[0] + ", expected "
                    + word.arguments() + " with single spaces between");
        }
        if (!seen.add(word) && word.isSingle()) {
            throw new MalformedException(words[0] + " is given twice");
        }
        take(word, Arrays.copyOfRange(words, 1, words.length));
    }

    private void take(RootWord word, String[] arguments) {
        switch (word) {
            case VERSION -> version = positive("version", arguments[0]);
            case PREVIOUS -> previous = Optional.of(arguments[0]);
            case ISSUED -> issued = Optional.of(RootDate.parse(arguments[0]));
            case EXPIRES -> expires = Optional.of(RootDate.parse(arguments[0]));
            case THRESHOLD -> threshold = positive("threshold", arguments[0]);
            case ROOT -> readKey(KeyUse.ROOT, arguments[0]);
            case MEMBER -> readMember(arguments[0], arguments[1], arguments[2]);
            case TLS -> readTls(arguments[0], arguments[1]);
            case LOGKEY -> readKey(KeyUse.LOG, arguments[0]);
            case PUBLISHER -> readKey(KeyUse.PUBLISHER, arguments[0]);
            case MAY -> readMay(arguments[0], arguments[1]);
            case WITNESS -> readKey(KeyUse.WITNESS, arguments[0]);
            case OBSERVER -> readObserver(arguments[0], arguments[1]);
            case DATASET -> readDataset(arguments[0], arguments[1]);
            case QUORUM -> quorum = positive("quorum", arguments[0]);
            case END -> readEnd(arguments);
        }
    }

    private void readKey(KeyUse use, String vkey) {
        VerifierKey key = VerifierKey.parse(vkey);
        if (!use.types().contains(key.type())) {
            throw new MalformedException(use.word() + " " + key.ref() + " is of type "
                    + key.type().hexCode() + ", expected "
                    + use.types().stream().map(KeyType::hexCode).collect(Collectors.joining(" or ")));
        }
        if (!publicKeys.add(identity(key))) {
            throw new MalformedException(
                    "the public key of " + key.ref() + " is listed before: a key has one use and name");
        }
        if (!refs.add(key.ref())) {
            throw new MalformedException("another key is called " + key.ref());
        }
        keys.add(new Key(line, use, key));
    }

    /** What two listings of one public key share; a TLS key's hash must not stand for another key either. */
    private static Hash identity(VerifierKey key) {
        byte[] bytes = key.publicKey();
        return bytes.length == Hash.LENGTH ? Hash.of(bytes) : Hash.sha256(bytes);
    }

    private void readMember(String name, String url, String places) {
        if (nodes.size() >= FederationRoot.MAX_NODES) {
            throw new MalformedException("more than " + FederationRoot.MAX_NODES + " members and observers");
        }
        Scope scope = Scope.parse(places);
        for (Node node : nodes.values()) {
            if (node.scope().isPresent() && node.scope().get().overlaps(scope)) {
                throw new MalformedException("scope " + scope.encode() + " of " + shorten(name) + " overlaps scope "
                        + node.scope().get().encode() + " of " + node.name());
            }
        }
        addNode(new Node(line, NodeName.check(name), address(url), Optional.of(scope)));
    }

    private void readObserver(String name, String url) {
        if (nodes.size() >= FederationRoot.MAX_NODES) {
            throw new MalformedException("more than " + FederationRoot.MAX_NODES + " members and observers");
        }
        addNode(new Node(line, NodeName.check(name), address(url), Optional.empty()));
    }

    private void readTls(String node, String pin) {
        Hash hash = tlsHash(pin);
        if (!publicKeys.add(hash)) {
            throw new MalformedException("the TLS key of " + shorten(node) + " is listed before");
        }
        tlsPins.add(new TlsPin(line, node, hash));
    }

    private static Hash tlsHash(String pin) {
        try {
            return Hash.parseBase64(pin);
        } catch (MalformedException e) {
            throw new MalformedException(
                    "\"" + shorten(pin) + "\" is not the base64 SHA-256 of a TLS key's SubjectPublicKeyInfo", e);
        }
    }

    private void readMay(String key, String kinds) {
        Set<String> set = new TreeSet<>();
        for (String kind : kinds.split(",", -1)) {
            if (!WORD.matcher(kind).matches()) {
                throw new MalformedException("\"" + shorten(kind) + "\" is no kind of statement");
            }
            set.add(kind);
        }
        if (may.putIfAbsent(key, new May(line, set)) != null) {
            throw new MalformedException("what " + shorten(key) + " may sign is listed before");
        }
    }

    private void readDataset(String name, String definition) {
        if (!WORD.matcher(name).matches()) {
            throw new MalformedException("\"" + shorten(name) + "\" is no name of a dataset: expected a-z, 0-9 and -");
        }
        AuthorisedDataset dataset = new AuthorisedDataset(name, Hash.parseHex(definition));
        if (datasets.contains(dataset)) {
            throw new MalformedException("dataset " + name + " is listed before with this definition");
        }
        datasets.add(dataset);
    }

    private void readEnd(String[] words) {
        if (!words[2].equals("size") || !words[4].equals("root")) {
            throw new MalformedException("expected end <key name>+<key ID> <origin> size <S> root <R>");
        }
        long size = CanonicalDecimal.parse("size", words[3]);
        Hash root = words[5].length() == 2 * Hash.LENGTH ? Hash.parseHex(words[5]) : Hash.parseBase64(words[5]);
        ends.add(new KeyEnd(words[0], words[1], new TreeHead(size, root)));
    }

    private void addNode(Node node) {
        if (nodes.putIfAbsent(node.name(), node) != null) {
            throw new MalformedException("node " + node.name() + " is listed before");
        }
    }

    private static URI address(String url) {
        try {
            URI uri = new URI(url);
            if (uri.isAbsolute() && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new MalformedException("\"" + shorten(url) + "\" is no URL: " + e.getReason(), e);
        }
        throw new MalformedException("\"" + shorten(url) + "\" is not the URL of a host, without credentials");
    }

    private static String shorten(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
