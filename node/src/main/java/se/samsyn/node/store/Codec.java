package se.samsyn.node.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import se.samsyn.protocol.Hash;

/** How a key or a value of one type is written as bytes; keys keep their order under RocksDB's comparison of bytes. */
public record Codec<T>(Function<T, byte[]> encoder, Function<byte[], T> decoder) {
    private static final byte END_OF_NAME = 0;

    static final Codec<byte[]> BYTES = new Codec<>(bytes -> bytes, bytes -> bytes);

    static final Codec<String> TEXT = new Codec<>(
            text -> text.getBytes(StandardCharsets.UTF_8), bytes -> new String(bytes, StandardCharsets.UTF_8));

    static final Codec<Long> NUMBER = new Codec<>(
            number -> ByteBuffer.allocate(Long.BYTES).putLong(number).array(),
            bytes -> ByteBuffer.wrap(bytes).getLong());

    static final Codec<Hash> HASH = new Codec<>(Hash::toByteArray, Hash::of);

    static final Codec<TileKey> TILE_KEY = new Codec<>(
            key -> named(
                    key.node(),
                    ByteBuffer.allocate(1 + Long.BYTES)
                            .put((byte) key.level())
                            .putLong(key.index())
                            .array()),
            bytes -> {
                ByteBuffer rest = ByteBuffer.wrap(afterName(bytes));
                return new TileKey(name(bytes), rest.get(), rest.getLong());
            });

    static final Codec<BundleKey> BUNDLE_KEY = new Codec<>(
            key -> named(key.node(), NUMBER.encode(key.index())),
            bytes -> new BundleKey(name(bytes), NUMBER.decode(afterName(bytes))));

    static final Codec<BodyKey> BODY_KEY = new Codec<>(
            key -> named(key.node(), key.sha256().toByteArray()),
            bytes -> new BodyKey(name(bytes), Hash.of(afterName(bytes))));
    static final Codec<PositionKey> POSITION_KEY = new Codec<>(
            key -> named(
                    key.node(),
                    ByteBuffer.allocate(2 * Long.BYTES)
                            .putLong(key.timeSeconds())
                            .putLong(key.size())
                            .array()),
            bytes -> {
                ByteBuffer rest = ByteBuffer.wrap(afterName(bytes));
                return new PositionKey(name(bytes), rest.getLong(), rest.getLong());
            });

    /** A tile of a node's log: level from 0, index from 0. */
    public record TileKey(String node, int level, long index) {}

    /** An entry bundle of a node's log: index from 0. */
    public record BundleKey(String node, long index) {}

    /** A published checkpoint of a node's log: its time in seconds since 1970, and its size. */
    public record PositionKey(String node, long timeSeconds, long size) {}

    /** A body, or a refused note, of a node's log by its hash. */
    public record BodyKey(String node, Hash sha256) {}

    public byte[] encode(T value) {
        return encoder.apply(value);
    }

    public T decode(byte[] bytes) {
        return decoder.apply(bytes);
    }

    private static byte[] named(String node, byte[] rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(TEXT.encode(node));
        out.write(END_OF_NAME);
        out.writeBytes(rest);
        return out.toByteArray();
    }

    private static String name(byte[] key) {
        return TEXT.decode(Arrays.copyOf(key, nameLength(key)));
    }

    private static byte[] afterName(byte[] key) {
        return Arrays.copyOfRange(key, nameLength(key) + 1, key.length);
    }

    private static int nameLength(byte[] key) {
        int length = 0;
        while (key[length] != END_OF_NAME) {
            length++;
        }
        return length;
    }
}
