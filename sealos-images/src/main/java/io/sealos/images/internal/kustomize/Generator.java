package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a ConfigMap or Secret of literals and files; a Secret keeps its text as it was before it is encoded. */
final class Generator {
    private final Files files;

    /** Finds the files of a kustomization. */
    interface Files {
        /** A file, or nothing where it is missing, which is noted. */
        Optional<Path> file(YamlNode name);

        YamlNode text(Path file, int line) throws IOException, KustomizeException;
    }

    Generator(Files files) {
        this.files = files;
    }

    Resource make(YamlNode rule, String kind) throws IOException, KustomizeException {
        Place place = new Place(rule.line(), rule.column());
        YamlNode data = YamlNode.mapping(place);
        for (YamlNode.Entry entry : rule.entries()) {
            for (YamlNode item : entry.value().isSequence() ? entry.value().items() : List.of(entry.value())) {
                data = with(data, entry.key(), item);
            }
        }
        YamlNode root = YamlNode.mapping(place)
                .with("apiVersion", rule.withText("v1"))
                .with("kind", rule.withText(kind))
                .with("metadata", YamlNode.mapping(place).with("name", rule.withText(rule.textOf("name"))))
                .with(kind.equals("Secret") ? "stringData" : "data", data);
        return new Resource(root);
    }

    private YamlNode with(YamlNode data, String key, YamlNode item) throws IOException, KustomizeException {
        return switch (key) {
            case "literals" -> pair(data, item, item.text());
            case "files" -> file(data, item);
            case "envs", "env" -> lines(data, item);
            default -> data;
        };
    }

    private static YamlNode pair(YamlNode data, YamlNode place, String text) {
        int equals = text.indexOf('=');
        return equals <= 0 ? data : data.with(text.substring(0, equals), place.withText(text.substring(equals + 1)));
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
        return data.with(key, files.text(file.get(), item.line()));
    }

    private YamlNode lines(YamlNode data, YamlNode item) throws IOException, KustomizeException {
        Optional<Path> file = files.file(item);
        if (file.isEmpty()) {
            return data;
        }
        YamlNode text = files.text(file.get(), item.line());
        YamlNode all = data;
        int line = text.line();
        for (String pair : text.text().split("\n", -1)) {
            YamlNode place = YamlNode.text(pair, new Place(line++, 1));
            all = pair.startsWith("#") ? all : pair(all, place, pair.strip());
        }
        return all;
    }
}
