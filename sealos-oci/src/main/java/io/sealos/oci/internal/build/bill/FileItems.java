package io.sealos.oci.internal.build.bill;

import io.sealos.images.Digest;
import io.sealos.images.ImageOccurrence;
import io.sealos.internal.chart.ChartFile;
import io.sealos.oci.internal.inspect.ImageContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Collects the files and charts of a bill. A file that is the same on all platforms is listed once. */
final class FileItems {
    private static final String CHART_FILE = "/" + ChartFile.NAME;

    private final String context;
    private final int platforms;
    private final SortedMap<String, BillItem> files = new TreeMap<>();
    private final SortedMap<String, BillItem> charts = new TreeMap<>();
    /** The charts by the path of their directory or archive in the image. */
    private final SortedMap<String, SortedSet<String>> chartsByPath = new TreeMap<>();
    /** The paths in the image of a file of the context. It is only used for lookups. */
    private final Map<String, Set<String>> copies = new HashMap<>();

    private final SortedMap<String, SortedSet<String>> filesByPath = new TreeMap<>();
    /** The files and charts that no chart contains. */
    private final SortedSet<String> top = new TreeSet<>();

    FileItems(BillSource source) {
        this.context = source.context();
        this.platforms = source.parts().size();
        source.parts().forEach(part -> addCharts(part.content()));
        SortedMap<String, SortedMap<Digest, SortedSet<String>>> versions = new TreeMap<>();
        Map<Digest, Long> sizes = new HashMap<>();
        for (BillSource.Part part : source.parts()) {
            part.content()
                    .files()
                    .forEach((path, file) -> file.digest().ifPresent(digest -> {
                        sizes.put(digest, file.size());
                        copies.computeIfAbsent(contextPath(path, file.place()), added -> new LinkedHashSet<>())
                                .add(path);
                        versions.computeIfAbsent(path, added -> new TreeMap<>())
                                .computeIfAbsent(digest, added -> new TreeSet<>())
                                .add(part.platform().toString());
                    }));
        }
        versions.forEach((path, digests) -> addFile(path, digests, sizes));
        charts.values().forEach(this::addToParent);
    }

    SortedMap<String, BillItem> files() {
        return files;
    }

    SortedMap<String, BillItem> charts() {
        return charts;
    }

    SortedSet<String> top() {
        return top;
    }

    private String contextPath(String path, String place) {
        boolean inContext = !context.isEmpty() && place.startsWith(context) && place.length() > context.length() + 1;
        return inContext ? place.substring(context.length() + 1).replace('\\', '/') : path;
    }

    private void addCharts(ImageContent content) {
        content.files().forEach((path, file) -> {
            if (file.chart().filter(chart -> !chart.name().isEmpty()).isPresent()) {
                boolean directory = path.endsWith(CHART_FILE);
                String place = directory ? path.substring(0, path.length() - CHART_FILE.length()) : path;
                BillItem chart = addChart(place, file.charts().get(0));
                chartsByPath.computeIfAbsent(place, added -> new TreeSet<>()).add(chart.ref);
                file.charts().stream()
                        .skip(1)
                        .filter(inner -> !inner.name().isEmpty())
                        .forEach(inner -> chart.dependsOn.add(addChart(place + "!" + inner.name(), inner).ref));
            }
        });
    }

    private BillItem addChart(String path, ChartFile chart) {
        String ref = "chart:" + path + "@" + chart.version();
        return charts.computeIfAbsent(ref, added -> {
            BillItem item = new BillItem(ref, "application", chart.name(), chart.version());
            item.purl = PackageUrl.chart(chart.name(), chart.version());
            item.property("path", path);
            return item;
        });
    }

    private void addFile(String path, SortedMap<Digest, SortedSet<String>> digests, Map<Digest, Long> sizes) {
        for (Map.Entry<Digest, SortedSet<String>> version : digests.entrySet()) {
            Digest digest = version.getKey();
            String ref = "file:" + path + (digests.size() == 1 ? "" : "@" + digest);
            BillItem item = new BillItem(ref, "file", path, "");
            item.digests.add(digest);
            item.property("size", Long.toString(sizes.getOrDefault(digest, 0L)));
            if (version.getValue().size() < platforms) {
                version.getValue().forEach(platform -> item.property("platform", platform));
            }
            files.put(ref, item);
            filesByPath.computeIfAbsent(path, added -> new TreeSet<>()).add(ref);
            List<BillItem> owners = chartsAbove(path);
            owners.forEach(chart -> chart.dependsOn.add(ref));
            if (owners.isEmpty()) {
                top.add(ref);
            }
        }
    }

    private void addToParent(BillItem chart) {
        String path = chart.ref.substring("chart:".length(), chart.ref.lastIndexOf('@'));
        if (path.contains("!")) {
            return;
        }
        List<BillItem> parents = chartsAbove(parent(path));
        parents.forEach(it -> it.dependsOn.add(chart.ref));
        if (parents.isEmpty()) {
            top.add(chart.ref);
        }
    }

    /** {@return the charts that a path is, or of which it is in the directory} */
    private List<BillItem> chartsAbove(String path) {
        String above = path;
        while (!above.isEmpty() && !chartsByPath.containsKey(above)) {
            above = parent(above);
        }
        return chartsByPath.getOrDefault(above, new TreeSet<>()).stream()
                .flatMap(ref -> Stream.ofNullable(charts.get(ref)))
                .toList();
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** {@return the chart or the file that requests an image, as far as it is in the image} */
    List<BillItem> requesting(ImageOccurrence occurrence) {
        return occurrence.chart().isPresent() ? chart(occurrence) : file(occurrence.file());
    }

    private List<BillItem> file(String contextPath) {
        return copies.getOrDefault(contextPath, Set.of()).stream()
                .flatMap(path -> filesByPath.getOrDefault(path, new TreeSet<>()).stream())
                .flatMap(ref -> Stream.ofNullable(files.get(ref)))
                .toList();
    }

    /** {@return the chart of the file that names an image, or else the chart that was rendered} */
    private List<BillItem> chart(ImageOccurrence occurrence) {
        String location = occurrence.location();
        List<BillItem> found = new ArrayList<>();
        for (String copy : copies.getOrDefault(location.substring(0, location.lastIndexOf(':')), Set.of())) {
            found.addAll(chartsAbove(copy));
        }
        if (found.isEmpty()) {
            for (String copy : copies.getOrDefault(occurrence.file() + CHART_FILE, Set.of())) {
                found.addAll(chartsAt(copy.substring(0, copy.length() - CHART_FILE.length())));
            }
            copies.getOrDefault(occurrence.file(), Set.of()).forEach(copy -> found.addAll(chartsAt(copy)));
        }
        return found;
    }

    private List<BillItem> chartsAt(String path) {
        return Optional.ofNullable(chartsByPath.get(path)).stream()
                .flatMap(refs -> refs.stream())
                .flatMap(ref -> Stream.ofNullable(charts.get(ref)))
                .toList();
    }
}
