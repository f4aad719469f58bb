package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Generates a ConfigMap or Secret from literals and files. The text of a Secret is not encoded. */
final class Generator {
    private final Files files;
    private final @Nullable YamlNode options;

    /** Finds the files of a kustomization. */
    interface Files {
        /** {@return a file; empty if it is missing, which is recorded} */
        Optional<Path> file(YamlNode name) throws IOException;

        YamlNode text(Path file, int line) throws IOException, KustomizeException;
    }

    /** Creates a generator with the options for all generated objects. */
    Generator(Files files, @Nullable YamlNode options) {
        this.files = files;
        this.options = options;
    }

    Resource make(YamlNode rule, String kind) throws IOException, KustomizeException {
        if (rule.textOf("name").isEmpty()) {
            throw new KustomizeException(rule.line(), "has a generator of a " + kind + " without a name");
        }
        YamlNode data = YamlNode.mapping(new Place(rule.line(), rule.column()));
        for (String source : List.of("envs", "env", "literals", "files")) {
            YamlNode value = rule.get(source);
            for (YamlNode item :
                    value == null ? List.<YamlNode>of() : value.isScalar() ? List.of(value) : value.items()) {
                data = with(data, source, item);
            }
        }
        return new Resource(YamlNode.mapping(new Place(rule.line(), rule.column()))
                .with("apiVersion", rule.withText("v1"))
                .with("kind", rule.withText(kind))
                .with("metadata", metadata(rule))
                .with(kind.equals("Secret") ? "stringData" : "data", data));
    }

    private YamlNode metadata(YamlNode rule) {
        YamlNode metadata = YamlNode.mapping(new Place(rule.line(), rule.column()))
                .with("name", rule.withText(rule.textOf("name")));
        YamlNode namespace = rule.get("namespace");
        metadata = namespace == null ? metadata : metadata.with("namespace", namespace);
        for (String tags : List.of("labels", "annotations")) {
            YamlNode own = rule.get("options");
            YamlNode merged = merged(options == null ? null : options.get(tags), own == null ? null : own.get(tags));
            metadata = merged == null ? metadata : metadata.with(tags, merged);
        }
        return metadata;
    }

    /** {@return the entries of both, where those of the second override those of the first} */
    private static @Nullable YamlNode merged(@Nullable YamlNode first, @Nullable YamlNode second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        YamlNode merged = first;
        for (YamlNode.Entry entry : second.entries()) {
            merged = merged.with(entry.key(), entry.value());
        }
        return merged;
    }

    /**
     * Combines an object with a generated one, according to the behavior of the generator.
     *
     * @param old the existing object
     * @param made the generated object
     */
    static void combine(Resource old, Resource made, YamlNode rule) throws KustomizeException {
        String behavior = rule.textOf("behavior");
        if (!behavior.equals("merge") && !behavior.equals("replace")) {
            throw new KustomizeException(
                    rule.line(), "has a generator for " + made.identity() + ", which already exists");
        }
        YamlNode root = made.root();
        for (String data : List.of("data", "stringData", "binaryData")) {
            YamlNode all = behavior.equals("merge") ? merged(old.root().get(data), root.get(data)) : root.get(data);
            root = all == null ? root : root.with(data, all);
        }
        YamlNode metadata = old.root().get("metadata");
        YamlNode own = root.get("metadata");
        for (String tags : List.of("labels", "annotations")) {
            YamlNode all = merged(metadata == null ? null : metadata.get(tags), own == null ? null : own.get(tags));
            own = all == null || own == null ? own : own.with(tags, all);
        }
        made.replace(root.with("metadata", own));
        made.inherit(old);
    }

    private YamlNode with(YamlNode data, String source, YamlNode item) throws IOException, KustomizeException {
        return switch (source) {
            case "literals" -> literal(data, item);
            case "files" -> file(data, item);
            default -> lines(data, item);
        };
    }

    private static YamlNode literal(YamlNode data, YamlNode item) throws KustomizeException {
        int equals = item.text().indexOf('=');
        if (equals <= 0) {
            throw new KustomizeException(
                    item.line(), "has a generator with '" + item.text() + "', which is not a key with a value");
        }
        return pair(
                data,
                item.text().substring(0, equals),
                item.withText(unquoted(item.text().substring(equals + 1))));
    }

    private static String unquoted(String text) {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        boolean quoted =
                text.length() > 1 && (first == '"' || first == '\'') && text.charAt(text.length() - 1) == first;
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static YamlNode pair(YamlNode data, String key, YamlNode value) throws KustomizeException {
        if (data.get(key) != null) {
            throw new KustomizeException(value.line(), "has a generator with the key '" + key + "' twice");
        }
        return data.with(key, value);
    }

    private YamlNode file(YamlNode data, YamlNode item) throws IOException, KustomizeException {
        int equals = item.text().indexOf('=');
        YamlNode name = equals < 0 ? item : item.withText(item.text().substring(equals + 1));
        Optional<Path> file = files.file(name);
        if (file.isEmpty()) {
            return data;
        }
        String key = equals < 0
                ? String.valueOf(file.get().getFileName())
                : item.text().substring(0, equals);
        return pair(data, key, files.text(file.get(), item.line()));
    }

    private YamlNode lines(YamlNode data, YamlNode item) throws IOException, KustomizeException {
        Optional<Path> file = files.file(item);
        if (file.isEmpty()) {
            return data;
        }
        YamlNode text = files.text(file.get(), item.line());
        YamlNode all = data;
        int number = text.line();
        for (String line : withoutMark(text.text()).split("\r?\n", -1)) {
            String pair = line.stripLeading();
            Place place = new Place(number++, 1);
            if (!pair.isEmpty() && !pair.startsWith("#")) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                all = pair(all, key, YamlNode.text(equals < 0 ? "" : pair.substring(equals + 1), place));
            }
        }
        return all;
    }

    /** {@return the text without the byte order mark of Unicode, which kustomize ignores in files with lines} */
    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
