package io.sealos.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Which of the recorded references are found, by the kind of place that they were recorded in. The {@code main} prints
 * a table, what is missing, and what is saved beyond the records.
 */
final class ConformanceScore {
    /** Istio writes it where its webhook puts the image at run time. */
    private static final String PLACEHOLDER = "auto";

    private final Path records;
    private final Path work;
    private final Map<String, Integer> wanted = new TreeMap<>();
    private final Map<String, List<String>> missing = new TreeMap<>();
    private final List<String> beyond = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** @param work an empty directory, for the contexts */
    ConformanceScore(Path records, Path work) {
        this.records = records;
        this.work = work;
    }

    public static void main(String[] arguments) throws IOException {
        ConformanceScore score =
                new ConformanceScore(records().orElseThrow(), Files.createTempDirectory("conformance"));
        long start = System.nanoTime();
        score.charts();
        score.contexts();
        score.print(System.out, (System.nanoTime() - start) / 1_000_000);
    }

    static Optional<Path> records() {
        for (Path directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
            Path records = directory.resolve("shared/conformance/images");
            if (Files.isDirectory(records)) {
                return Optional.of(records);
            }
        }
        return Optional.empty();
    }

    /** The references that were not found, by kind of place; a kind that is not recorded has none. */
    List<String> missing(String kind) {
        return missing.getOrDefault(kind, List.of());
    }

    int wanted(String kind) {
        return wanted.getOrDefault(kind, 0);
    }

    Set<String> kinds() {
        return wanted.keySet();
    }

    List<String> problems() {
        return problems;
    }

    /** The charts of each recorded Kubernetes version in one context. */
    void charts() throws IOException {
        Map<String, List<JsonNode>> byVersion = new TreeMap<>();
        for (JsonNode chart : lines("charts.jsonl")) {
            byVersion
                    .computeIfAbsent(chart.get("kubeVersion").asText(), version -> new ArrayList<>())
                    .add(chart);
        }
        for (Map.Entry<String, List<JsonNode>> charts : byVersion.entrySet()) {
            charts(charts.getKey(), charts.getValue());
        }
    }

    private void charts(String version, List<JsonNode> charts) throws IOException {
        Path context = work.resolve(version);
        Files.createDirectories(context.resolve("charts"));
        for (JsonNode chart : charts) {
            String file = chart.get("chart").asText();
            Files.copy(records.resolve(file), context.resolve(file));
        }
        ImageInventory inventory =
                ImageScanner.builder().kubernetesVersion(version).build().scan(context);
        inventory.problems().forEach(it -> problems.add(it.toString()));
        for (JsonNode chart : charts) {
            String file = chart.get("chart").asText();
            chart(
                    chart,
                    inventory.occurrences().stream()
                            .filter(it -> it.file().equals(file))
                            .toList());
        }
    }

    private void chart(JsonNode chart, List<ImageOccurrence> found) {
        String id = chart.get("id").asText();
        Set<String> saved = names(found, ConformanceScore::isSaved);
        Set<String> known = new TreeSet<>();
        for (Map.Entry<String, JsonNode> place : chart.get("images").properties()) {
            Set<String> names = names(place.getValue());
            known.addAll(names);
            switch (place.getKey()) {
                case "notes", "crdfile" -> {}
                case "testhook" -> score("testhook", id, names, names(found, it -> true));
                default -> score(place.getKey(), id, names, saved);
            }
        }
        Set<String> split = names(chart.get("split"));
        known.addAll(split);
        score("split", id, split, saved);
        beyond(id, found, known);
    }

    /** Each context without its hand-written lists, and with its charts that are recorded apart. */
    void contexts() throws IOException {
        List<JsonNode> charts = lines("charts.jsonl");
        try (ScanSession session = ImageScanner.builder().build().openSession()) {
            for (JsonNode record : lines("contexts.jsonl")) {
                String archive = record.get("context").asText();
                Path context = work.resolve(archive.replace(".tgz", ""));
                unpack(records.resolve(archive), context, "^(\\./)?context/");
                addCharts(context, "ci:" + record.get("id").asText() + "/", charts);
                context(record, session.scanner().scan(context));
            }
        }
    }

    private void context(JsonNode record, ImageInventory inventory) {
        String id = record.get("id").asText();
        List<ImageOccurrence> found = inventory.occurrences();
        Set<String> saved = names(found, ConformanceScore::isSaved);
        score("pod_images", id, names(record.get("pod_images")), saved);
        Set<String> certain = names(found, it -> it.confidence().isSaved());
        score("shim.rendered", id, names(record.get("shim").get("rendered")), certain);
        score("shim.text", id, names(record.get("shim").get("text")), names(found, it -> true));
        Set<String> files = inventory.problems().stream().map(ScanProblem::file).collect(Collectors.toSet());
        Set<String> unread = new TreeSet<>();
        record.get("unparseable").forEach(it -> unread.add(it.get(0).asText()));
        score("unparseable", id, unread, files);
        Set<String> known = new TreeSet<>();
        record.get("shim").forEach(list -> known.addAll(names(list)));
        known.addAll(names(record.get("pod_images")));
        known.addAll(names(record.get("other_candidates")));
        beyond(id, found, known);
    }

    private void score(String kind, String id, Set<String> names, Set<String> found) {
        wanted.merge(kind, names.size(), Integer::sum);
        names.stream()
                .filter(it -> !found.contains(it))
                .forEach(it ->
                        missing.computeIfAbsent(kind, key -> new ArrayList<>()).add(id + " " + it));
    }

    private void beyond(String id, List<ImageOccurrence> found, Set<String> known) {
        Set<ImageReference> seen = new TreeSet<>();
        found.stream()
                .filter(ConformanceScore::isSaved)
                .filter(it -> !known.contains(name(it.reference())) && seen.add(it.reference()))
                .forEach(it -> beyond.add(it.finder() + " " + id + " " + it));
    }

    private static boolean isSaved(ImageOccurrence occurrence) {
        return occurrence.confidence().isSaved() && !occurrence.isTestHook();
    }

    private static Set<String> names(List<ImageOccurrence> found, Predicate<ImageOccurrence> wanted) {
        return found.stream().filter(wanted).map(it -> name(it.reference())).collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode names) {
        Set<String> all = new TreeSet<>();
        for (JsonNode name : names) {
            if (!name.asText().equals(PLACEHOLDER)) {
                all.add(canonical(name.asText()));
            }
        }
        return all;
    }

    /** One that is no reference stays as it is, and counts as missing. */
    private static String canonical(String name) {
        try {
            return name(ImageReference.parse(name));
        } catch (ImageReferenceException e) {
            return name;
        }
    }

    private static String name(ImageReference reference) {
        return reference.withDefaultTag().toString();
    }

    private List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(records.resolve(file))) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private void addCharts(Path context, String prefix, List<JsonNode> charts) throws IOException {
        for (JsonNode chart : charts) {
            String id = chart.get("id").asText();
            if (id.startsWith(prefix) && !id.startsWith(prefix + "charts/")) {
                String path = id.substring(prefix.length());
                unpack(records.resolve(chart.get("chart").asText()), context.resolve(path), "^[^/]+/");
            }
        }
    }

    /** Without the first part of the names, and without lists. */
    private static void unpack(Path archive, Path to, String first) throws IOException {
        Files.createDirectories(to);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().replaceFirst(first, "");
                if (entry.isFile() && !name.startsWith(StandardDirectory.SHIM + "/")) {
                    write(to.resolve(name), tar);
                }
            }
        }
    }

    private static void write(Path file, InputStream content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.copy(content, file);
    }

    private void print(PrintStream out, long milliseconds) {
        wanted.forEach(
                (kind, count) -> out.println(kind + " " + (count - missing(kind).size()) + "/" + count));
        missing.forEach((kind, names) -> names.forEach(it -> out.println("missing " + kind + " " + it)));
        problems.forEach(it -> out.println("problem " + it));
        beyond.stream().sorted().forEach(it -> out.println("beyond " + it));
        out.println(beyond.size() + " beyond the records; " + milliseconds + " ms");
    }
}
