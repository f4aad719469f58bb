package io.sealos.images.internal.values;

import io.sealos.images.internal.values.Value.Mapping;
import io.sealos.images.internal.values.Value.Plain;
import io.sealos.images.internal.values.Value.Sequence;
import io.sealos.images.internal.values.Value.Text;
import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a file of values, with limits. Scalars are kept as written, so that the engine infers their types. */
final class ValuesFile {
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final int MAX_NODES = 1_000_000;

    private final Path file;
    private int nodes;

    private ValuesFile(Path file) {
        this.file = file;
    }

    static Mapping read(Path file) throws IOException, ValuesException {
        try {
            YamlNode root = YamlTree.parse(text(file), 1);
            if (root == null || isNull(root)) {
                return new Mapping(new LinkedHashMap<>());
            }
            if (!root.isMapping()) {
                throw new ValuesException("failed to parse " + name(file) + ": it is not a mapping of keys to values");
            }
            return new ValuesFile(file).mapping(root);
        } catch (YamlFormatException e) {
            throw new ValuesException("failed to parse " + name(file) + ":" + e.line() + ": " + e.getMessage());
        }
    }

    /** {@return a value that is not in a file of its own} */
    static Value value(String name, YamlNode root) throws ValuesException {
        return new ValuesFile(Path.of(name)).value(root);
    }

    /** {@return the whole text of a file that is a single value} */
    static String text(Path file) throws IOException, ValuesException {
        if (!Files.isRegularFile(file)) {
            throw new ValuesException("there is no file " + name(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new ValuesException("the file " + name(file) + " is larger than " + LARGEST + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static boolean isNull(YamlNode node) {
        return node.isPlain() && (node.text().isEmpty() || node.text().matches("~|null|Null|NULL"));
    }

    private Value value(YamlNode node) throws ValuesException {
        if (++nodes > MAX_NODES) {
            throw new ValuesException(
                    "the file " + name(file) + " has more than " + MAX_NODES + " values, aliases counted");
        }
        if (node.isMapping()) {
            return mapping(node);
        }
        if (node.isSequence()) {
            return sequence(node);
        }
        return isNull(node) ? Value.NULL : node.isPlain() ? new Plain(node.text()) : new Text(node.text());
    }

    private Mapping mapping(YamlNode node) throws ValuesException {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (YamlNode.Entry entry : node.entries()) {
            entries.put(entry.key(), value(entry.value()));
        }
        return new Mapping(entries);
    }

    private Sequence sequence(YamlNode node) throws ValuesException {
        List<Value> items = new ArrayList<>();
        for (YamlNode item : node.items()) {
            items.add(value(item));
        }
        return new Sequence(items);
    }
}
