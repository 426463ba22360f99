package se.samsyn.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;

class CanonicalJsonTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Test
    void sortsTheExampleOfRfc8785Section323() {
        String unsorted = """
                {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
                 "\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control",
                 "\\u00f6":"Latin Small Letter O With Diaeresis"}
                """;

        JsonNode sorted = CanonicalJson.parse(CanonicalJson.encode(CanonicalJson.parse(unsorted.getBytes(UTF_8))));

        assertThat(sorted.properties().stream().map(member -> member.getValue().textValue()))
                .containsExactly(
                        "Carriage Return",
                        "One",
                        "Control",
                        "Latin Small Letter O With Diaeresis",
                        "Euro Sign",
                        "Emoji: Grinning Face",
                        "Hebrew Letter Dalet With Dagesh");
    }

    @Test
    void escapesOnlyWhatItMust() {
        StringBuilder all = new StringBuilder();
        for (char unit = 0; unit < 0x80; unit++) {
            all.append(unit);
        }
        all.append("åäö €\u2028\ud83d\ude00");

        assertThat(new String(CanonicalJson.encode(NODES.textNode(all.toString())), UTF_8))
                .isEqualTo(
                        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
                                + "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017"
                                + "\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f"
                                + " !\\\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_`"
                                + "abcdefghijklmnopqrstuvwxyz{|}~\u007fåäö €\u2028\ud83d\ude00\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740991", "-9007199254740991", "0", "-1"})
    void keepsIntegersOfTheProfileExact(String integer) {
        assertThat(CanonicalJson.parseCanonical(integer.getBytes(UTF_8)).longValue())
                .isEqualTo(Long.parseLong(integer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":2}|line 1, column 11: Duplicate field 'a'",
                "{\"a\":1,\"\\u0061\":2}|Duplicate field 'a'",
                "[null]|line 1, column 2: null is not allowed",
                "[1.0]|fraction or exponent",
                "[1e3]|fraction or exponent",
                "[-0]|negative zero",
                "[9007199254740992]|beyond the range",
                "[-9007199254740992]|beyond the range",
                "[123456789012345678901234567890]|beyond the range",
                "[\"\\ud800\"]|unpaired surrogate",
                "[\"\\udc00\\ud800\"]|unpaired surrogate",
                "{\"\\ud800\":1}|surrogate",
                "[1] 2|something follows the value",
                "[1]]|JSON at line 1, column 4",
                "[01]|Leading zeroes",
                "[1,]|JSON at line 1, column 4",
                "{'a':1}|JSON at line 1, column 2",
                "[NaN]|JSON at line 1, column",
                "[+1]|JSON at line 1, column",
                "/**/[1]|JSON at line 1, column 1",
            })
    void refusesWhatTheProfileLeavesOutAndSaysWhere(String json, String reason) {
        assertThatThrownBy(() -> CanonicalJson.parse(json.getBytes(UTF_8)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesBytesThatAreNotUtf8AndSaysWhere() {
        byte[] overlong = {'"', 'a', (byte) 0xc0, (byte) 0xaf, '"'};
        assertThatThrownBy(() -> CanonicalJson.parse(overlong))
                .isInstanceOf(MalformedException.class)
                .hasMessage("JSON is not UTF-8 at byte 2");
        byte[] encodedSurrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
        assertThatThrownBy(() -> CanonicalJson.parse(encodedSurrogate)).hasMessage("JSON is not UTF-8 at byte 1");
        assertThatThrownBy(() -> CanonicalJson.parse("\ufeff{}".getBytes(UTF_8)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("byte order mark");
    }

    @Test
    void refusesAnEmptyDocument() {
        assertThatThrownBy(() -> CanonicalJson.parse(new byte[0])).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> CanonicalJson.parse(" \n".getBytes(UTF_8))).isInstanceOf(MalformedException.class);
    }

    @Test
    void boundsDepthLengthAndStrings() {
        String deepest = "[".repeat(CanonicalJson.MAX_DEPTH) + "]".repeat(CanonicalJson.MAX_DEPTH);
        assertThat(CanonicalJson.encode(CanonicalJson.parse(deepest.getBytes(UTF_8))))
                .isEqualTo(deepest.getBytes(UTF_8));
        assertRefused("[" + deepest + "]");
        assertRefused("{\"a\":".repeat(CanonicalJson.MAX_DEPTH + 1) + "1" + "}".repeat(CanonicalJson.MAX_DEPTH + 1));
        assertRefused("\"" + "x".repeat(CanonicalJson.MAX_STRING_LENGTH + 1) + "\"");
        assertRefused("{\"" + "x".repeat(CanonicalJson.MAX_NAME_LENGTH + 1) + "\":1}");
        assertRefused("1".repeat(5_000));
        assertRefused(" ".repeat(CanonicalJson.MAX_LENGTH) + "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {" 1", "1\n", "{\"b\":1,\"a\":2}", "\"\\u00e5\"", "\"\\/\"", "[1, 2]", "\"\\u000A\""})
    void refusesASecondSpellingWhereTheCanonicalOneIsExpected(String json) {
        assertThat(CanonicalJson.parse(json.getBytes(UTF_8))).isNotNull();
        assertThatThrownBy(() -> CanonicalJson.parseCanonical(json.getBytes(UTF_8)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("not canonical");
    }

    static List<JsonNode> treesOutsideTheProfile() {
        ObjectNode deep = NODES.objectNode();
        ObjectNode inner = deep;
        for (int i = 0; i < CanonicalJson.MAX_DEPTH; i++) {
            inner = inner.putObject("a");
        }
        return List.of(
                NODES.nullNode(),
                NODES.numberNode(1.5),
                NODES.numberNode(1.0),
                NODES.numberNode(CanonicalJson.MAX_INTEGER + 1),
                NODES.numberNode(Long.MIN_VALUE),
                NODES.numberNode(BigInteger.TEN.pow(30)),
                NODES.textNode("\ud800"),
                NODES.objectNode().put("\udc00", 1),
                NODES.missingNode(),
                NODES.binaryNode(new byte[1]),
                NODES.textNode("x".repeat(CanonicalJson.MAX_STRING_LENGTH + 1)),
                NODES.objectNode().put("x".repeat(CanonicalJson.MAX_NAME_LENGTH + 1), 1),
                deep);
    }

    @ParameterizedTest
    @MethodSource("treesOutsideTheProfile")
    void encodesNothingThatItWouldNotParse(JsonNode tree) {
        assertThatThrownBy(() -> CanonicalJson.encode(tree)).isInstanceOf(MalformedException.class);
    }

    @Test
    void readsBackWhatItWroteWhateverTheOrderOfMembers() {
        long seed = 8785;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            JsonNode tree = tree(random, 4);
            byte[] bytes = CanonicalJson.encode(tree);

            assertThat(CanonicalJson.parseCanonical(bytes))
                    .as("seed %d, tree %d", seed, i)
                    .isEqualTo(tree);
            assertThat(CanonicalJson.encode(shuffled(tree, new Random(i))))
                    .as("seed %d, tree %d", seed, i)
                    .isEqualTo(bytes);
        }
    }

    private static JsonNode tree(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> NODES.numberNode(random.nextLong(-CanonicalJson.MAX_INTEGER, CanonicalJson.MAX_INTEGER + 1));
            case 1 -> NODES.textNode(text(random));
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> {
                ArrayNode array = NODES.arrayNode();
                for (int size = random.nextInt(5); size > 0; size--) {
                    array.add(tree(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int size = random.nextInt(6); size > 0; size--) {
                    object.set(text(random), tree(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String text(SplittableRandom random) {
        int[] planes = {0x20, 0x80, 0x800, 0xd800, 0x110000};
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            int point = random.nextInt(planes[random.nextInt(planes.length)]);
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                text.appendCodePoint(point);
            }
        }
        return text.toString();
    }

    private static JsonNode shuffled(JsonNode tree, Random random) {
        if (!tree.isObject()) {
            return tree;
        }
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(tree.properties());
        Collections.shuffle(members, random);
        ObjectNode shuffled = NODES.objectNode();
        members.forEach(member -> shuffled.set(member.getKey(), shuffled(member.getValue(), random)));
        return shuffled;
    }

    private static void assertRefused(String json) {
        assertThatThrownBy(() -> CanonicalJson.parse(json.getBytes(UTF_8))).isInstanceOf(MalformedException.class);
    }
}
