package io.sealos.oci.internal.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The records that extend a tar header: {@code length key=value}, according to <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_03">pax</a>.
 */
final class PaxRecords {
    static final PaxRecords NONE = new PaxRecords(Map.of(), Collections.emptySortedMap());

    private static final String ATTRIBUTE = "SCHILY.xattr.";
    private static final String SPARSE = "GNU.sparse.";
    private static final List<String> TEXTS = List.of("path", "linkpath", "uname", "gname");
    private static final List<String> TIMES = List.of("atime", "mtime", "ctime");
    private static final List<String> PIECE = List.of(SPARSE + "offset", SPARSE + "numbytes");
    private static final int SHORTEST = 5;

    // The map is only used for lookups. Each character of a value is a byte.
    private final Map<String, String> values;
    private final SortedMap<String, String> attributes;

    private PaxRecords(Map<String, String> values, SortedMap<String, String> attributes) {
        this.values = values;
        this.attributes = attributes;
    }

    /** Parses the records of the next entry. */
    static PaxRecords parse(byte[] content) throws IOException {
        PaxRecords records = split(content);
        records.check();
        return records;
    }

    /** Parses records without checking their values. */
    static PaxRecords split(byte[] content) throws IOException {
        String records = new String(content, StandardCharsets.ISO_8859_1);
        Map<String, String> values = new HashMap<>();
        SortedMap<String, String> attributes = new TreeMap<>();
        List<String> map = new ArrayList<>();
        int at = 0;
        while (at < records.length()) {
            int end = end(records, at);
            int equals = records.indexOf('=', at);
            int key = records.indexOf(' ', at) + 1;
            if (equals <= key || equals >= end) {
                throw TarBlock.nonsense("a PAX record has no key");
            }
            String name = records.substring(key, equals);
            String value = records.substring(equals + 1, end - 1);
            if (PIECE.contains(name)) {
                addPiece(name, value, map);
            } else {
                put(name, value, values, attributes);
            }
            at = end;
        }
        if (!map.isEmpty()) {
            values.put(SPARSE + "map", String.join(",", map));
        }
        return new PaxRecords(values, attributes);
    }

    /** Adds a number of the oldest sparse format, in which records with offsets and lengths alternate. */
    private static void addPiece(String name, String value, List<String> map) throws IOException {
        if (value.indexOf(',') >= 0 || !name.equals(PIECE.get(map.size() % 2))) {
            throw TarBlock.nonsense("the pieces of a sparse file are in disorder");
        }
        map.add(value);
    }

    private static int end(String records, int start) throws IOException {
        int space = records.indexOf(' ', start);
        long length = space < 0 ? 0 : decimal(records.substring(start, space));
        if (length < SHORTEST || length > records.length() - start) {
            throw TarBlock.nonsense("a PAX record has the wrong length");
        }
        int end = start + (int) length;
        if (end <= space + 1 || records.charAt(end - 1) != '\n') {
            throw TarBlock.nonsense("a PAX record has no end");
        }
        return end;
    }

    private static void put(String key, String value, Map<String, String> values, SortedMap<String, String> attributes)
            throws IOException {
        if ((TEXTS.contains(key) ? value : key).indexOf('\0') >= 0) {
            throw TarBlock.nonsense("a PAX record has a NUL");
        }
        if (!key.startsWith(ATTRIBUTE)) {
            values.put(key, value);
        } else if (value.isEmpty()) {
            attributes.remove(utf8(key.substring(ATTRIBUTE.length())));
        } else {
            attributes.put(utf8(key.substring(ATTRIBUTE.length())), value);
        }
    }

    /** Checks the times, which are not used but must be valid. */
    private void check() throws IOException {
        for (String key : TIMES) {
            String value = values.getOrDefault(key, "");
            int point = value.indexOf('.');
            if (!value.isEmpty()) {
                decimal(point < 0 ? value : value.substring(0, point));
                if (point >= 0 && !value.substring(point + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
                    throw TarBlock.nonsense("'" + value + "' is not a time");
                }
            }
        }
    }

    /** Returns the text of a key, or a default if the record is missing or empty. */
    String text(String key, String otherwise) {
        String value = values.getOrDefault(key, "");
        return value.isEmpty() ? otherwise : utf8(value);
    }

    long number(String key, long otherwise) throws IOException {
        String value = values.getOrDefault(key, "");
        return value.isEmpty() ? otherwise : decimal(value);
    }

    ExtendedAttributes attributes() {
        return ExtendedAttributes.of(attributes);
    }

    /** Returns whether the records describe a sparse file in one of the three formats of GNU tar. */
    boolean isSparse() {
        String version = sparse("major") + "." + sparse("minor");
        return version.equals("0.0")
                || version.equals("0.1")
                || hasMapInContent()
                || (version.equals(".") && !sparse("map").isEmpty());
    }

    /** Returns whether the content begins with the offsets and lengths of the chunks. */
    boolean hasMapInContent() {
        return sparse("major").equals("1") && sparse("minor").equals("0");
    }

    /** Returns the offsets and lengths of the chunks, unless they are in the content. */
    List<Long> sparsePieces() throws IOException {
        String map = sparse("map");
        List<Long> numbers = new ArrayList<>();
        for (String number : map.isEmpty() ? new String[0] : map.split(",", -1)) {
            numbers.add(decimal(number));
        }
        if (decimal(sparse("numblocks")) * 2 != numbers.size()) {
            throw TarBlock.nonsense("a sparse file has not as many pieces as it says");
        }
        return numbers;
    }

    String sparseName(String otherwise) {
        return text(SPARSE + "name", otherwise);
    }

    long sparseSize(long otherwise) throws IOException {
        return number(SPARSE + "size", number(SPARSE + "realsize", otherwise));
    }

    private String sparse(String key) {
        return values.getOrDefault(SPARSE + key, "");
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static long decimal(String digits) throws IOException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw TarBlock.nonsense("'" + digits + "' is not a number");
        }
    }
}
