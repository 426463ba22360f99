package se.samsyn.node.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.FileTrouble;
import se.samsyn.node.Json;
import se.samsyn.node.record.RecordDeletion;
import se.samsyn.node.record.RecordKind;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Period;

/** Reads a node's configuration from its JSON file and finds all mistakes at once. */
public final class ConfigFile {
    private static final String DATA_DIRECTORY = "dataDirectory";
    private static final String BACKUP_DIRECTORY = "backupDirectory";
    private static final String BACKUP_HOURS = "backupHours";
    private static final String BACKUPS_KEPT = "backupsKept";
    private static final String IMPORT_DIRECTORY = "importDirectory";
    private static final String IMPORT_MINUTES = "importMinutes";
    private static final String RETENTION_MONTHS = "retentionMonths";
    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "node",
            DATA_DIRECTORY,
            "keyFile",
            "passwordFile",
            "peer",
            "user",
            "tokens",
            "automaticRelease",
            "heldPeriods",
            "minimumPersons",
            "pollMillis",
            "scrubHours",
            IMPORT_DIRECTORY,
            IMPORT_MINUTES,
            RETENTION_MONTHS,
            BACKUP_DIRECTORY,
            BACKUP_HOURS,
            BACKUPS_KEPT,
            "networkDirectory"));
    private static final Set<String> TOKEN_KEYS = new TreeSet<>(Set.of("name", "role", "sha256"));
    private static final int MIN_POLL_MILLIS = 100;
    private static final int MAX_POLL_MILLIS = 600_000;
    private static final int MAX_SCRUB_HOURS = 720;
    private static final int MAX_BACKUP_HOURS = 720;
    private static final int MAX_BACKUPS_KEPT = 100;
    private static final int MAX_IMPORT_MINUTES = 1_440;
    private static final int MAX_RETENTION_MONTHS = 1_200;
    private static final int MAX_MINIMUM_PERSONS = 1_000;

    private final Path file;
    private final List<String> mistakes = new ArrayList<>();
    private final JsonNode root;

    private ConfigFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads and checks a configuration.
     *
     * @throws ConfigException that lists every mistake
     */
    public static NodeConfig read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ConfigException(
                    file,
                    List.of("cannot be read: " + FileTrouble.reason(e)
                            + "; name it with --config, or make one with `samsyn init`"));
        }
        JsonNode root;
        try {
            root = Json.parse(bytes);
        } catch (MalformedException e) {
            throw new ConfigException(file, List.of("is not JSON: " + e.getMessage()));
        }
        if (!root.isObject()) {
            throw new ConfigException(file, List.of("must be a JSON object"));
        }
        return new ConfigFile(file, root).check();
    }

    private NodeConfig check() {
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                mistakes.add(key + ": unknown key; known are " + String.join(", ", KEYS));
            }
        });
        NodeConfig config = new NodeConfig(
                nodeName(),
                path(DATA_DIRECTORY),
                path("keyFile"),
                path("passwordFile"),
                address("peer"),
                userAddress(),
                tokens(),
                automaticRelease(),
                heldPeriods(),
                minimumPersons(),
                number("pollMillis", MIN_POLL_MILLIS, MAX_POLL_MILLIS, NodeConfig.DEFAULT_POLL_MILLIS),
                number("scrubHours", 1, MAX_SCRUB_HOURS, NodeConfig.DEFAULT_SCRUB_HOURS),
                backups(),
                records(),
                root.has("networkDirectory") ? Optional.of(path("networkDirectory")) : Optional.empty());
        if (!mistakes.isEmpty()) {
            throw new ConfigException(file, mistakes);
        }
        return config;
    }

    private String nodeName() {
        String name = text("node");
        if (!name.isEmpty() && !name.matches("[a-z0-9.-]{1,245}")) {
            mistakes.add("node: \"" + name + "\" must consist of a-z, 0-9, dot and hyphen, at most 245 of them");
        }
        return name;
    }

    private Path path(String key) {
        return resolved(text(key));
    }

    private Path resolved(String path) {
        return file.toAbsolutePath().resolveSibling(path).normalize();
    }

    private Address userAddress() {
        Address address = address("user");
        try {
            if (!InetAddress.getByName(address.host()).isLoopbackAddress()) {
                mistakes.add(
                        "user.host: " + address.host() + " is not a loopback address; the user listener speaks plain"
                                + " HTTP and tokens must not cross a network in clear: bind to 127.0.0.1 behind a TLS proxy");
            }
        } catch (UnknownHostException e) {
            mistakes.add("user.host: " + address.host() + " is not known");
        }
        return address;
    }

    private Address address(String key) {
        JsonNode host = root.path(key).path("host");
        JsonNode port = root.path(key).path("port");
        root.path(key).fieldNames().forEachRemaining(name -> {
            if (!name.equals("host") && !name.equals("port")) {
                mistakes.add(key + "." + name + ": unknown key; known are host, port");
            }
        });
        if (!host.isTextual() || host.textValue().isBlank()) {
            mistakes.add(key + ".host: must be a host name or address" + shown(host));
        }
        if (!port.isInt() || port.intValue() < 0 || port.intValue() > Address.MAX_PORT) {
            mistakes.add(key + ".port: must be a number from 0 to " + Address.MAX_PORT + shown(port));
        }
        return new Address(host.asText("127.0.0.1").isBlank() ? "127.0.0.1" : host.asText("127.0.0.1"), port.asInt(0));
    }

    private List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        JsonNode list = root.path("tokens");
        if (!list.isArray()) {
            mistakes.add("tokens: must be a list of {name, role, sha256}" + shown(list));
        }
        for (int i = 0; i < list.size(); i++) {
            String where = "tokens[" + i + "]";
            list.get(i).fieldNames().forEachRemaining(key -> {
                if (!TOKEN_KEYS.contains(key)) {
                    mistakes.add(where + "." + key + ": unknown key; known are " + String.join(", ", TOKEN_KEYS));
                }
            });
            String name = list.get(i).path("name").asText("");
            Role role = role(where, list.get(i).path("role"));
            try {
                Hash hash = Hash.parseHex(list.get(i).path("sha256").asText(""));
                tokens.add(new Token(name, role, hash));
            } catch (MalformedException e) {
                mistakes.add(where + ".sha256: must be the SHA-256 of the token in 64 lower-case hexadecimal digits");
            }
            if (name.isBlank()) {
                mistakes.add(where + ".name: must say whose token it is");
            }
        }
        return tokens;
    }

    private Role role(String where, JsonNode value) {
        List<String> names = new ArrayList<>();
        for (Role role : Role.values()) {
            if (role.wireName().equals(value.asText(""))) {
                return role;
            }
            names.add(role.wireName());
        }
        mistakes.add(where + ".role: must be one of " + String.join(", ", names) + shown(value));
        return Role.COORDINATOR;
    }

    private Set<String> automaticRelease() {
        Set<String> datasets = new HashSet<>();
        JsonNode list = root.path("automaticRelease");
        if (!list.isMissingNode() && !list.isArray()) {
            mistakes.add("automaticRelease: must be a list of datasets" + shown(list));
        }
        list.forEach(name -> {
            if (!name.isTextual()) {
                mistakes.add("automaticRelease: must be a list of datasets" + shown(name));
            }
            datasets.add(name.asText(""));
        });
        return datasets;
    }

    private Map<String, Set<Period>> heldPeriods() {
        Map<String, Set<Period>> byDataset = new TreeMap<>();
        JsonNode object = root.path("heldPeriods");
        if (!object.isMissingNode() && !object.isObject()) {
            mistakes.add("heldPeriods: must be an object of dataset: [periods]" + shown(object));
        }
        object.properties().forEach(field -> {
            Set<Period> periods = new TreeSet<>();
            for (JsonNode period : field.getValue()) {
                try {
                    periods.add(Period.parse(period.asText("")));
                } catch (MalformedException e) {
                    mistakes.add("heldPeriods." + field.getKey() + ": " + e.getMessage());
                }
            }
            byDataset.put(field.getKey(), periods);
        });
        return byDataset;
    }

    private Map<String, Integer> minimumPersons() {
        Map<String, Integer> byDataset = new TreeMap<>();
        JsonNode object = root.path("minimumPersons");
        if (!object.isMissingNode() && !object.isObject()) {
            mistakes.add("minimumPersons: must be an object of dataset: persons" + shown(object));
        }
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isInt() || value.intValue() < 1 || value.intValue() > MAX_MINIMUM_PERSONS) {
                mistakes.add("minimumPersons." + field.getKey() + ": must be a number from 1 to " + MAX_MINIMUM_PERSONS
                        + shown(value));
            } else {
                byDataset.put(field.getKey(), value.intValue());
            }
        });
        return byDataset;
    }

    private RecordPlan records() {
        if (root.has(IMPORT_MINUTES) && !root.has(IMPORT_DIRECTORY)) {
            mistakes.add(IMPORT_MINUTES + ": says nothing without " + IMPORT_DIRECTORY
                    + ", the folder whose files are imported");
        }
        Map<RecordKind, Integer> months = new EnumMap<>(RecordKind.class);
        JsonNode object = root.path(RETENTION_MONTHS);
        if (!object.isMissingNode() && !object.isObject()) {
            mistakes.add(RETENTION_MONTHS + ": must be an object of kind: months" + shown(object));
        }
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isInt() || value.intValue() < 1 || value.intValue() > MAX_RETENTION_MONTHS) {
                mistakes.add(RETENTION_MONTHS + "." + field.getKey() + ": must be a number from 1 to "
                        + MAX_RETENTION_MONTHS + shown(value));
                return;
            }
            try {
                months.put(RecordDeletion.checkGrowsOld(RecordKind.parse(field.getKey())), value.intValue());
            } catch (MalformedException e) {
                mistakes.add(RETENTION_MONTHS + "." + field.getKey() + ": " + e.getMessage());
            }
        });
        return new RecordPlan(
                root.has(IMPORT_DIRECTORY) ? Optional.of(path(IMPORT_DIRECTORY)) : Optional.empty(),
                number(IMPORT_MINUTES, 1, MAX_IMPORT_MINUTES, RecordPlan.DEFAULT_IMPORT_MINUTES),
                months);
    }

    private Optional<BackupPlan> backups() {
        OptionalInt hours = root.has(BACKUP_HOURS)
                ? OptionalInt.of(number(BACKUP_HOURS, 1, MAX_BACKUP_HOURS, 1))
                : OptionalInt.empty();
        int kept = number(BACKUPS_KEPT, 1, MAX_BACKUPS_KEPT, BackupPlan.DEFAULT_KEPT);
        if (!root.has(BACKUP_DIRECTORY)) {
            for (String key : List.of(BACKUP_HOURS, BACKUPS_KEPT)) {
                if (root.has(key)) {
                    mistakes.add(key + ": says nothing without " + BACKUP_DIRECTORY
                            + ", the folder that backups are made in");
                }
            }
            return Optional.empty();
        }
        Path directory = path(BACKUP_DIRECTORY);
        String data = root.path(DATA_DIRECTORY).asText("");
        if (!data.isBlank() && directory.startsWith(resolved(data))) {
            mistakes.add(BACKUP_DIRECTORY + ": " + directory + " is in " + DATA_DIRECTORY
                    + ", with which it would be lost; name a folder elsewhere, better on another disk");
        }
        return Optional.of(new BackupPlan(directory, hours, kept));
    }

    private int number(String key, int lowest, int highest, int absent) {
        JsonNode value = root.path(key);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.isInt() || value.intValue() < lowest || value.intValue() > highest) {
            mistakes.add(key + ": must be a number from " + lowest + " to " + highest + shown(value));
            return absent;
        }
        return value.intValue();
    }

    private String text(String key) {
        JsonNode value = root.path(key);
        if (!value.isTextual() || value.textValue().isBlank()) {
            mistakes.add(key + ": must be a text" + shown(value));
            return "";
        }
        return value.textValue();
    }

    private static String shown(@Nullable JsonNode value) {
        if (value == null || value.isMissingNode() || value.getNodeType() == JsonNodeType.NULL) {
            return ", is missing";
        }
        return String.format(Locale.ROOT, ", is %.60s", value);
    }
}
