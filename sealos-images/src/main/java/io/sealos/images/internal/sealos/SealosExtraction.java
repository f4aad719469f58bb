package io.sealos.images.internal.sealos;

import io.sealos.images.RenderedChart;
import io.sealos.images.RenderedDocument;
import io.sealos.images.StandardDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Collects, beside a scan and from the same bytes, what sealos would extract, each image where it is seen first. */
public final class SealosExtraction {
    private static final List<String> ARCHIVES = List.of("docker-archive:", "oci-archive:");

    /** An image as sealos lists it, with the line that it took it from. */
    public record Found(String file, SealosLine line) {}

    private final Map<String, Found> images = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<SealosDirectories.Stop> stops = new ArrayList<>();
    private final List<String> archives = new ArrayList<>();
    private Optional<String> archiveFailure = Optional.empty();
    private boolean listed = true;

    /**
     * Returns the receiver of the lines of a manifest that a scan reads; it ignores JSON, which sealos does not read.
     */
    public SealosLines manifest(String file) {
        boolean read = SealosDirectories.MANIFEST
                .matcher(file.toLowerCase(Locale.ROOT))
                .matches();
        return read ? manifestLines(file) : new SealosLines((line, number) -> Optional.empty(), line -> {});
    }

    /** An entry of {@code charts/}: sealos takes every directory for a chart. */
    public void chartEntry(Path entry, String file) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !Files.exists(entry.resolve("Chart.yaml"))) {
            failures.add(file + ": the directory has no Chart.yaml");
        }
    }

    /** What a chart renders to with its own values; sealos leaves out linked directories and {@code .tar.gz}. */
    public void chart(Path entry, String file, RenderedChart chart) {
        if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !file.endsWith("tgz")) {
            return;
        }
        chart.failure().ifPresent(reason -> failures.add(file + ": the chart does not render: " + reason));
        for (RenderedDocument document : chart.documents()) {
            byte[] text = document.text().getBytes(StandardCharsets.UTF_8);
            try (SealosLines lines = manifestLines(file + " " + document.template())) {
                lines.write(text, 0, text.length);
            }
        }
    }

    /** Checks the directories of the context for entries that stop sealos. */
    public void look(SealosDirectories directories) throws IOException {
        Optional<SealosDirectories.Stop> before = directories.beforeList();
        Optional<SealosDirectories.Stop> filter =
                before.isPresent() || images.isEmpty() ? Optional.empty() : directories.inIgnoreList();
        listed = before.isEmpty() && filter.isEmpty();
        Optional<SealosDirectories.Stop> archived = directories.inTarList();
        Stream.of(before, filter, archived).flatMap(Optional::stream).forEach(stops::add);
        if (archived.isPresent()) {
            archiveFailure = archived.map(SealosDirectories.Stop::toString);
        }
    }

    /** A line of the list of archives; sealos takes none of them where one is wrong. */
    public void archive(SealosLine line) {
        String text = line.written();
        int at = text.indexOf('@');
        Optional<String> kind = ARCHIVES.stream().filter(text::startsWith).findFirst();
        if (at < 0 || kind.isEmpty()) {
            String reason = at < 0 ? "has no @ with a name behind it" : "begins with no kind of archive";
            archiveFailure = archiveFailure.or(() -> Optional.of(
                    StandardDirectory.SKOPEO_TAR_LIST + ":" + line.number() + ": '" + text + "' " + reason));
        } else {
            String file = text.substring(kind.get().length(), at);
            archives.add(kind.get() + path(StandardDirectory.SKOPEO + "/" + file) + text.substring(at));
        }
    }

    /** Joins paths as Go does: dots are resolved, slashes are not doubled. */
    private static String path(String joined) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : joined.split("/", -1)) {
            if (name.equals("..") && !names.isEmpty() && !names.peekLast().equals("..")) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return String.join("/", names);
    }

    public void add(String file, SealosLine line) {
        images.putIfAbsent(line.image(), new Found(file, line));
    }

    private SealosLines manifestLines(String file) {
        return new SealosLines(SealosLine.MARK, SealosLine::ofManifest, line -> add(file, line));
    }

    /** All that was found, in the order of sealos. */
    public Map<String, Found> images() {
        return images;
    }

    /** Whether sealos comes to have a list at all. */
    public boolean isListed() {
        return listed;
    }

    public boolean isEndless() {
        return stops.stream().anyMatch(SealosDirectories.Stop::endless);
    }

    /** The archives of the list; none where sealos stops in it. */
    public List<String> archives() {
        return archiveFailure.isPresent() ? List.of() : archives;
    }

    /** {@return the reasons that stop the build of sealos} */
    public List<String> failures() {
        List<String> all = new ArrayList<>(failures);
        stops.stream().map(SealosDirectories.Stop::toString).forEach(all::add);
        archiveFailure.filter(it -> !all.contains(it)).ifPresent(all::add);
        return all;
    }
}
