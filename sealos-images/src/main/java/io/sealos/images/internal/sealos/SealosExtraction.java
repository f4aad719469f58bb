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

/**
 * Collects, during a scan and from the same bytes, the images that sealos would extract, each with its first
 * occurrence.
 */
public final class SealosExtraction {
    private static final List<String> ARCHIVES = List.of("docker-archive:", "oci-archive:");

    /** An image that sealos lists, with its file and line. */
    public record Found(String file, SealosLine line) {}

    private final Map<String, Found> images = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<SealosDirectories.Stop> stops = new ArrayList<>();
    private final List<String> archives = new ArrayList<>();
    private Optional<String> archiveFailure = Optional.empty();
    private boolean listed = true;

    /**
     * {@return a receiver of the bytes of a manifest that a scan reads; it ignores JSON, which sealos does not read}
     */
    public SealosLines manifest(String file) {
        boolean read = SealosDirectories.MANIFEST
                .matcher(file.toLowerCase(Locale.ROOT))
                .matches();
        return read ? manifestLines(file) : new SealosLines((line, number) -> Optional.empty(), line -> {});
    }

    /** Adds an entry of {@code charts/}. Sealos treats every directory as a chart. */
    public void chartEntry(Path entry, String file) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && !Files.exists(entry.resolve("Chart.yaml"))) {
            failures.add(file + ": the directory has no Chart.yaml");
        }
    }

    /**
     * Adds the output of a chart with its default values. Sealos omits linked directories and {@code .tar.gz} files.
     */
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

    /** Checks the context directory for entries on which sealos fails. */
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

    /** Adds a line of the list of archives. Sealos accepts none of them if one is malformed. */
    public void archive(SealosLine line) {
        String text = line.written();
        int at = text.indexOf('@');
        Optional<String> kind = ARCHIVES.stream().filter(text::startsWith).findFirst();
        if (at < 0 || kind.isEmpty()) {
            String reason = at < 0 ? "has no @ followed by a name" : "does not begin with a kind of archive";
            archiveFailure = archiveFailure.or(() -> Optional.of(
                    StandardDirectory.SKOPEO_TAR_LIST + ":" + line.number() + ": '" + text + "' " + reason));
        } else {
            String file = text.substring(kind.get().length(), at);
            archives.add(kind.get() + path(StandardDirectory.SKOPEO + "/" + file) + text.substring(at));
        }
    }

    /** {@return the path as Go joins it, with dots resolved and without double slashes} */
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

    /** {@return all images that were found, in the order of sealos} */
    public Map<String, Found> images() {
        return images;
    }

    /** {@return whether sealos succeeds in creating its list} */
    public boolean isListed() {
        return listed;
    }

    public boolean isEndless() {
        return stops.stream().anyMatch(SealosDirectories.Stop::endless);
    }

    /** {@return the archives of the list; empty if sealos fails on one} */
    public List<String> archives() {
        return archiveFailure.isPresent() ? List.of() : archives;
    }

    /** {@return the reasons why the build of sealos fails} */
    public List<String> failures() {
        List<String> all = new ArrayList<>(failures);
        stops.stream().map(SealosDirectories.Stop::toString).forEach(all::add);
        archiveFailure.filter(it -> !all.contains(it)).ifPresent(all::add);
        return all;
    }
}
