package se.samsyn.protocol.audit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import se.samsyn.protocol.MalformedException;

/**
 * A bundle's container: a ZIP archive (PKWARE's APPNOTE 6.3) in one spelling. Files are sorted by path, stored as they are, dated
 * 1980-01-01,
 * without extra fields, comments, gaps, encryption or ZIP64.
 */
final class BundleZip {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int CENTRAL_LENGTH = 46;
    private static final int END_LENGTH = 22;
    private static final int NAME_LENGTH_AT = 26;
    private static final int LENGTH_AT = 22;
    private static final short VERSION = 10;
    private static final short STORED = 0;
    private static final short FIRST_DAY = 0x21; // 1980-01-01, the earliest that there is

    private BundleZip() {}

    static boolean isZip(byte[] bytes) {
        return bytes.length >= Integer.BYTES && little(bytes).getInt(0) == LOCAL;
    }

    static byte[] write(SortedMap<String, byte[]> files) {
        long length = END_LENGTH;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            length += LOCAL_LENGTH + CENTRAL_LENGTH + 2L * file.getKey().length() + file.getValue().length;
        }
        if (length > Integer.MAX_VALUE) {
            throw new MalformedException("the bundle has " + length + " bytes, more than fit into one file");
        }
        ByteBuffer zip = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        files.forEach((path, bytes) -> zip.put(header(path, bytes)).put(bytes));
        return zip.put(directory(files, zip.position())).array();
    }

    static Map<String, byte[]> read(byte[] zip) {
        if (zip.length > AuditBundle.MAX_LENGTH) {
            throw new MalformedException(
                    "an audit bundle has at most " + AuditBundle.MAX_LENGTH + " bytes, not " + zip.length);
        }
        ByteBuffer in = little(zip);
        SortedMap<String, byte[]> files = new TreeMap<>();
        int at = 0;
        String before = "";
        while (at + LOCAL_LENGTH <= zip.length && in.getInt(at) == LOCAL) {
            int nameLength = Short.toUnsignedInt(in.getShort(at + NAME_LENGTH_AT));
            long length = Integer.toUnsignedLong(in.getInt(at + LENGTH_AT));
            int begin = at + LOCAL_LENGTH + nameLength;
            if (nameLength > BundlePath.MAX_LENGTH || begin + length > zip.length) {
                throw refuse(at, "a file's name or bytes go beyond the bounds");
            }
            String path = new String(zip, at + LOCAL_LENGTH, nameLength, StandardCharsets.ISO_8859_1);
            byte[] bytes = Arrays.copyOfRange(zip, begin, (int) (begin + length));
            if (path.compareTo(before) <= 0) {
                throw refuse(at, "file " + Findings.shown(path) + " is not after " + Findings.shown(before));
            }
            requireSame(header(path, bytes), zip, at);
            files.put(path, bytes);
            if (files.size() > AuditBundle.MAX_FILES) {
                throw refuse(at, "there are more than " + AuditBundle.MAX_FILES + " files");
            }
            before = path;
            at = (int) (begin + length);
        }
        byte[] directory = directory(files, at);
        requireSame(directory, zip, at);
        if (zip.length != at + directory.length) {
            throw refuse(at + directory.length, "bytes follow its end");
        }
        return files;
    }

    private static byte[] header(String path, byte[] bytes) {
        byte[] name = path.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer header = ByteBuffer.allocate(LOCAL_LENGTH + name.length).order(ByteOrder.LITTLE_ENDIAN);
        putCommon(header.putInt(LOCAL), name, bytes);
        return header.put(name).array();
    }

    private static byte[] directory(SortedMap<String, byte[]> files, int begin) {
        int length = files.keySet().stream()
                .mapToInt(path -> CENTRAL_LENGTH + path.length())
                .sum();
        ByteBuffer directory = ByteBuffer.allocate(length + END_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] name = file.getKey().getBytes(StandardCharsets.ISO_8859_1);
            directory.putInt(CENTRAL).putShort(VERSION);
            putCommon(directory, name, file.getValue());
            directory.putShort((short) 0).putShort((short) 0).putShort((short) 0); // comment, disk, internal attributes
            directory.putInt(0).putInt(at).put(name);
            at += LOCAL_LENGTH + name.length + file.getValue().length;
        }
        directory.putInt(END).putShort((short) 0).putShort((short) 0);
        directory.putShort((short) files.size()).putShort((short) files.size());
        return directory.putInt(length).putInt(begin).putShort((short) 0).array();
    }

    /** What both headers of a file say. */
    private static void putCommon(ByteBuffer header, byte[] name, byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        header.putShort(VERSION)
                .putShort((short) 0)
                .putShort(STORED)
                .putShort((short) 0)
                .putShort(FIRST_DAY);
        header.putInt((int) crc.getValue()).putInt(bytes.length).putInt(bytes.length);
        header.putShort((short) name.length).putShort((short) 0);
    }

    private static void requireSame(byte[] expected, byte[] zip, int at) {
        int there = Math.min(expected.length, zip.length - at);
        int difference = Arrays.mismatch(expected, 0, there, zip, at, at + there);
        if (difference >= 0 || there < expected.length) {
            int where = at + (difference >= 0 ? difference : there);
            throw refuse(where, "it is not in the one spelling that a bundle has, or a file's checksum is wrong");
        }
    }

    private static MalformedException refuse(int at, String why) {
        return new MalformedException("the audit bundle is malformed at byte " + at + ": " + why);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
