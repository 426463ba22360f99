package se.samsyn.protocol.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import se.samsyn.protocol.CanonicalDecimal;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;

/** A tlog-policy (C2SP), read as other people's tools read it: which logs, and whose cosignatures make a quorum. */
final class PolicyFile {
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final String NONE = "none";

    /**
     * A quorum of the form "so many of these", where each votes once.
     *
     * @param names of the witness keys: a group that holds only keys of one name is one voter
     */
    record Voters(int threshold, Set<String> names) {}

    private record Group(int threshold, List<String> members) {}

    private final List<VerifierKey> logs = new ArrayList<>();
    private final Map<String, VerifierKey> witnesses = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final Set<String> grouped = new HashSet<>();
    private String quorum = "";

    private PolicyFile() {}

    /**
     * Reads a policy.
     *
     * @throws MalformedException naming the line
     */
    static PolicyFile parse(String text) {
        PolicyFile policy = new PolicyFile();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            try {
                policy.take(line);
            } catch (MalformedException e) {
                throw new MalformedException("line " + number + ": " + e.getMessage(), e);
            }
        }
        if (policy.quorum.isEmpty()) {
            throw new MalformedException("there is no quorum line");
        }
        return policy;
    }

    List<VerifierKey> logs() {
        return logs;
    }

    List<VerifierKey> witnesses() {
        return List.copyOf(witnesses.values());
    }

    /**
     * What makes a quorum.
     *
     * @throws MalformedException if the quorum is of another form
     */
    Voters voters() {
        VerifierKey only = witnesses.get(quorum);
        if (only != null) {
            return new Voters(1, Set.of(only.name()));
        }
        Group group = groups.get(quorum);
        if (group == null) {
            throw new MalformedException("the quorum is " + quorum);
        }
        Set<String> names = new TreeSet<>();
        for (String member : group.members()) {
            if (!names.add(voter(member))) {
                throw new MalformedException("the quorum lets " + voter(member) + " vote twice");
            }
        }
        return new Voters(group.threshold(), names);
    }

    private String voter(String policyName) {
        VerifierKey witness = witnesses.get(policyName);
        if (witness != null) {
            return witness.name();
        }
        Group group = groups.get(policyName);
        List<VerifierKey> keys = group == null || group.threshold() != 1
                ? List.of()
                : group.members().stream()
                        .flatMap(name -> Stream.ofNullable(witnesses.get(name)))
                        .toList();
        if (group == null
                || keys.size() != group.members().size()
                || keys.stream().map(VerifierKey::name).distinct().count() != 1) {
            throw new MalformedException("group " + policyName + " is not any one of the keys of one witness");
        }
        return keys.get(0).name();
    }

    private void take(String line) {
        if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new MalformedException("there is a control character");
        }
        String stripped = BLANKS.matcher(line).replaceAll(" ").strip();
        if (stripped.isEmpty() || stripped.startsWith("#")) {
            return;
        }
        List<String> words = List.of(stripped.split(" ", -1));
        String word = words.get(0);
        int size = words.size();
        if (word.equals("log") && (size == 2 || size == 3)) {
            takeLog(VerifierKey.parse(words.get(1)));
        } else if (word.equals("witness") && (size == 3 || size == 4)) {
            takeWitness(words.get(1), VerifierKey.parse(words.get(2)));
        } else if (word.equals("group") && size >= 4) {
            takeGroup(words.get(1), words.get(2), words.subList(3, size));
        } else if (word.equals("quorum") && size == 2) {
            takeQuorum(words.get(1));
        } else {
            throw new MalformedException("unknown word, or another number of words than it takes: " + word);
        }
    }

    private void takeLog(VerifierKey key) {
        if (key.type() == KeyType.COSIGNATURE) {
            throw new MalformedException("log key " + key.ref() + " is a witness's");
        }
        if (logs.stream().anyMatch(other -> sameKey(other, key))) {
            throw new MalformedException("the public key of log " + key.ref() + " is listed before");
        }
        logs.add(key);
    }

    private void takeWitness(String name, VerifierKey key) {
        if (key.type() == KeyType.ED25519) {
            throw new MalformedException("witness key " + key.ref() + " is a log's");
        }
        requireFree(name);
        if (witnesses.values().stream().anyMatch(other -> sameKey(other, key))) {
            throw new MalformedException("the public key of witness " + key.ref() + " is listed before");
        }
        witnesses.put(name, key);
    }

    private void takeGroup(String name, String threshold, List<String> members) {
        requireFree(name);
        for (String member : members) {
            if (!isDefined(member) || !grouped.add(member)) {
                throw new MalformedException("group member " + member + " is not defined, or is a member already");
            }
        }
        long needed = switch (threshold) {
            case "any" -> 1;
            case "all" -> members.size();
            default -> CanonicalDecimal.parse("the threshold", threshold);
        };
        if (needed < 1 || needed > members.size()) {
            throw new MalformedException("threshold " + threshold + " of " + members.size());
        }
        groups.put(name, new Group((int) needed, members));
    }

    private void takeQuorum(String name) {
        if (!quorum.isEmpty() || !(name.equals(NONE) || isDefined(name))) {
            throw new MalformedException("quorum " + name + " is not defined, or there are two");
        }
        quorum = name;
    }

    private void requireFree(String name) {
        if (isDefined(name) || name.equals(NONE)) {
            throw new MalformedException(name + " is defined before");
        }
    }

    private boolean isDefined(String name) {
        return witnesses.containsKey(name) || groups.containsKey(name);
    }

    private static boolean sameKey(VerifierKey one, VerifierKey other) {
        return Hash.sha256(one.publicKey()).equals(Hash.sha256(other.publicKey()));
    }
}
