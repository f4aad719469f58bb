package io.sealos.images.internal.kustomize;

import io.sealos.images.RenderedDocument;
import io.sealos.images.internal.yaml.DocumentReader;
import io.sealos.images.internal.yaml.DocumentReader.Document;
import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import io.sealos.images.internal.yaml.YamlTree;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the files of an evaluation. Lines are numbered through all files, so that the file of a node can still be
 * determined after patches have been applied.
 */
final class SourceLines {
    private static final long MAX_FILE = 8L * 1024 * 1024;
    private static final int MAX_FILES = 10_000;
    private static final int MAX_TOTAL = 500_000_000;

    /** A line of a file, or of the output of a template; its file is the chart. */
    record FileLine(Path file, int line, String template) {}

    private record Source(Path file, String text, int firstLine, String template) {}

    private final NavigableMap<Integer, Source> starts = new TreeMap<>();
    private final Map<Path, Source> sources = new HashMap<>();
    private final Set<Path> generators = new LinkedHashSet<>();
    private long size;
    private int next = 1;

    /** {@return the documents of a file} */
    List<YamlNode> documents(Path file, int askedAt) throws IOException, KustomizeException {
        Source source = source(file, askedAt);
        return documents(source.text(), new Place(source.firstLine(), 1));
    }

    /** {@return the documents of a text in a file} */
    static List<YamlNode> documents(String text, Place origin) throws KustomizeException {
        List<YamlNode> documents = new ArrayList<>();
        try {
            DocumentReader reader = new DocumentReader(new StringReader(text));
            for (Document next = reader.next(); next != null; next = reader.next()) {
                YamlNode root =
                        YamlTree.parse(next.text(), new Place(origin.line() + next.firstLine() - 1, origin.column()));
                if (root != null && !root.isNull()) {
                    documents.add(root);
                }
            }
        } catch (YamlFormatException e) {
            throw new KustomizeException(e.line(), "is not valid YAML: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory was not readable", e);
        }
        return documents;
    }

    /** {@return the whole text of a file as a scalar} */
    YamlNode text(Path file, int askedAt) throws IOException, KustomizeException {
        Source source = source(file, askedAt);
        return YamlNode.text(source.text(), new Place(source.firstLine(), 1));
    }

    private Source source(Path file, int askedAt) throws IOException, KustomizeException {
        Source known = sources.get(file);
        if (known != null) {
            return known;
        }
        size += Files.size(file);
        if (Files.size(file) > MAX_FILE || sources.size() >= MAX_FILES || size > MAX_TOTAL) {
            throw new KustomizeException(
                    askedAt,
                    "needs " + file.getFileName() + ", which is larger than " + MAX_FILE + " bytes or one of more than "
                            + MAX_FILES + " files; split it");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        Source source = added(file, text, "");
        sources.put(file, source);
        return source;
    }

    private Source added(Path file, String text, String template) {
        Source source = new Source(file, text, next, template);
        next += (int) text.chars().filter(c -> c == '\n').count() + 2;
        starts.put(source.firstLine(), source);
        return source;
    }

    /** {@return the documents of the output of a template} */
    List<YamlNode> rendered(Path chart, RenderedDocument document, int askedAt) throws KustomizeException {
        size += document.text().length();
        if (size > MAX_TOTAL) {
            throw new KustomizeException(askedAt, "needs more than " + MAX_TOTAL + " bytes; split it");
        }
        Source source = added(chart, document.text(), document.template());
        return documents(document.text(), new Place(source.firstLine(), 1));
    }

    /** {@return a tree of another file, with the lines of this evaluation} */
    YamlNode foreign(Path file, YamlNode root) {
        Source source = new Source(file, "", next, "");
        starts.put(source.firstLine(), source);
        YamlNode moved = root.movedDown(next - 1);
        next += root.lastLine() + 2;
        return moved;
    }

    /** Adds files from which objects are generated. */
    void add(List<Path> others) {
        generators.addAll(others);
    }

    FileLine locate(int line) {
        Map.Entry<Integer, Source> start = starts.floorEntry(line);
        if (start == null) {
            throw new IllegalArgumentException("no file has line " + line);
        }
        Source source = start.getValue();
        return new FileLine(source.file(), line - start.getKey() + 1, source.template());
    }

    boolean hasAny() {
        return !starts.isEmpty();
    }

    /** {@return all files that were read} */
    List<Path> files() {
        return Stream.concat(sources.keySet().stream().sorted(), generators.stream())
                .distinct()
                .toList();
    }
}
