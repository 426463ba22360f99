package se.samsyn.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Small random changes to valid bytes, for the one property of every parser: it refuses what its encoder would not
 * produce.
 */
public final class Mutation {
    private static final byte[] TELLING = {
        0, '\n', '\r', ' ', '+', '-', '.', '/', '0', '1', '9', '=', 'A', 'x', '"', (byte) 0xe2, -1
    };

    private Mutation() {}

    /**
     * Gives mutations of a valid encoding to a parser, which must refuse each or encode it again as it was.
     *
     * @param encodeParsed parses and encodes; throws {@link MalformedException} or {@link RefutedException}
     */
    public static void check(byte[] valid, int rounds, long seed, UnaryOperator<byte[]> encodeParsed) {
        assertThat(encodeParsed.apply(valid)).as("unchanged").isEqualTo(valid);
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] mutated = mutate(valid, random);
            try {
                assertThat(encodeParsed.apply(mutated))
                        .as("seed %d, round %d, bytes %s", seed, round, Arrays.toString(mutated))
                        .isEqualTo(mutated);
            } catch (MalformedException | RefutedException e) {
                refused++;
            }
        }
        assertThat(refused).as("seed %d: mutations refused", seed).isPositive();
    }

    private static byte[] mutate(byte[] valid, SplittableRandom random) {
        byte[] bytes = valid.clone();
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes && bytes.length > 1; i++) {
            int at = random.nextInt(bytes.length);
            byte telling = TELLING[random.nextInt(TELLING.length)];
            bytes = switch (random.nextInt(6)) {
                case 0 -> replaced(bytes, at, (byte) random.nextInt());
                case 1 -> replaced(bytes, at, telling);
                case 2 -> spliced(bytes, at, at + 1, new byte[0]);
                case 3 -> spliced(bytes, at, at, new byte[] {telling});
                case 4 -> Arrays.copyOf(bytes, at);
                default -> {
                    int end = Math.min(bytes.length, at + 1 + random.nextInt(20));
                    yield spliced(bytes, end, end, Arrays.copyOfRange(bytes, at, end));
                }
            };
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int at, byte by) {
        byte[] copy = bytes.clone();
        copy[at] = by;
        return copy;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] inserted) {
        byte[] result = new byte[bytes.length - (to - from) + inserted.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(inserted, 0, result, from, inserted.length);
        System.arraycopy(bytes, to, result, from + inserted.length, bytes.length - to);
        return result;
    }
}
