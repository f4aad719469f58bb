package io.sealos.images.internal.context;

import io.sealos.images.StandardDirectory;
import io.sealos.internal.overlay.GivenFile;
import io.sealos.internal.overlay.StreamOpener;
import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that a program provides for a context, by path. Mutable, and not thread-safe. */
public final class GivenPaths {
    private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json|tmpl)", Pattern.DOTALL);
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tgz|tar\\.gz)", Pattern.DOTALL);
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private final SortedMap<String, GivenFile> files = new TreeMap<>();
    /** Streams, which are read when the context is built. */
    private final SortedMap<String, StreamOpener> streams = new TreeMap<>();
    /** Files and charts at other places, which are examined when the context is built. */
    private final SortedMap<String, Path> elsewhere = new TreeMap<>();

    private final Set<String> charts = new HashSet<>();
    private final Set<String> executables = new HashSet<>();

    /** {@return the path of a manifest} */
    public static String manifest(String name) {
        if (!MANIFEST.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + Printable.of(name)
                    + "' would not be read as a manifest; let its name end with .yaml, .yml, .json or .tmpl");
        }
        return StandardDirectory.MANIFESTS + "/" + name;
    }

    /** {@return the path of the archive of a chart} */
    public static String chart(String name) {
        if (!ARCHIVE.matcher(name).matches() || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("'" + Printable.of(name)
                    + "' would not be read as a chart; give a name without slashes that ends with .tgz or .tar.gz");
        }
        return StandardDirectory.CHARTS + "/" + name;
    }

    /** {@return the path of a list of images} */
    public static String imageList(String name) {
        return StandardDirectory.SHIM + "/" + name;
    }

    public void add(String path, byte[] bytes) {
        checkNew(path);
        files.put(path, GivenFile.ofBytes(path, bytes));
    }

    public void add(String path, StreamOpener opener) {
        checkNew(path);
        streams.put(path, opener);
    }

    public void add(String path, Path file) {
        checkNew(path);
        elsewhere.put(path, file);
    }

    /** Adds a directory or an archive to the standard directory of charts. */
    public void addChart(Path chart) {
        Path name = chart.toAbsolutePath().normalize().getFileName();
        String path = StandardDirectory.CHARTS + "/" + (name == null ? "" : name);
        add(path, chart);
        charts.add(path);
    }

    public void makeExecutable(String path) {
        if (elsewhere.containsKey(path)) {
            throw new IllegalArgumentException("'" + Printable.of(path) + "' has the mode of the file "
                    + Printable.of(String.valueOf(elsewhere.get(path))) + "; make that file executable");
        }
        if (!has(path)) {
            throw new IllegalArgumentException("there is no given file '" + Printable.of(path)
                    + "' that could be made executable; give the file first");
        }
        executables.add(path);
    }

    /** {@return the files by path, after each stream was read once to determine its size} */
    public SortedMap<String, GivenFile> files() throws IOException {
        GivenPaths all = new GivenPaths();
        all.files.putAll(files);
        for (Map.Entry<String, StreamOpener> entry : streams.entrySet()) {
            all.files.put(entry.getKey(), GivenFile.ofStream(entry.getKey(), entry.getValue()));
        }
        for (String path : executables) {
            all.files.computeIfPresent(
                    path, (name, file) -> file instanceof GivenFile.Content content ? content.executable() : file);
        }
        for (Map.Entry<String, Path> entry : elsewhere.entrySet()) {
            Path file = entry.getValue();
            if (charts.contains(entry.getKey())
                    && !ARCHIVE.matcher(entry.getKey()).matches()) {
                all.addBelow(entry.getKey(), file);
            } else {
                all.addFile(entry.getKey(), file);
            }
        }
        return all.files;
    }

    private void addBelow(String path, Path chart) throws IOException {
        if (!Files.isRegularFile(chart.resolve("Chart.yaml"))) {
            throw new FileSystemException(
                    chart.toString(),
                    null,
                    "is neither a directory with a Chart.yaml nor a .tgz or .tar.gz file; give the path of a chart");
        }
        Path directory = Files.isSymbolicLink(chart) ? chart.toRealPath() : chart;
        for (Path entry : entriesBelow(directory)) {
            String name = directory
                    .relativize(entry)
                    .toString()
                    .replace(chart.getFileSystem().getSeparator(), "/");
            if (!Files.isRegularFile(entry) || !entry.toRealPath().startsWith(directory.toRealPath())) {
                throw new FileSystemException(
                        entry.toString(),
                        null,
                        "is not a file of the chart, or a link to one; replace it with what it leads to");
            }
            addFile(path + "/" + name, entry);
        }
    }

    private static List<Path> entriesBelow(Path chart) throws IOException {
        try (Stream<Path> all = Files.walk(chart)) {
            return all.filter(entry -> !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void addFile(String path, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    (Files.exists(file) ? "is not a regular file" : "there is no such file") + ", but was given as '"
                            + Printable.of(path) + "'; check the path");
        }
        checkNew(path);
        files.put(path, GivenFile.at(file.toRealPath()));
    }

    private void checkNew(String path) {
        String shown = Printable.of(path);
        if (!isRelative(path)) {
            throw new IllegalArgumentException("'" + shown + "' is not a path in a context; write it relative to the"
                    + " context directory, with slashes, and without empty, '.' and '..' names");
        }
        if (has(path)) {
            throw new IllegalArgumentException("the file '" + shown + "' is given twice; give it once");
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (has(path.substring(0, slash))) {
                throw conflict(path.substring(0, slash), path);
            }
        }
        below(files, path);
        below(streams, path);
        below(elsewhere, path);
    }

    private boolean has(String path) {
        return files.containsKey(path) || streams.containsKey(path) || elsewhere.containsKey(path);
    }

    private static void below(SortedMap<String, ?> all, String path) {
        SortedMap<String, ?> below = all.subMap(path + "/", path + "0"); // '0' follows '/'.
        if (!below.isEmpty()) {
            throw conflict(path, below.firstKey());
        }
    }

    private static IllegalArgumentException conflict(String file, String below) {
        return new IllegalArgumentException("the file '" + Printable.of(below) + "' cannot be given together with '"
                + Printable.of(file) + "', which would have to be a directory; give one of them another path");
    }

    private static boolean isRelative(String path) {
        if (path.indexOf('\\') >= 0
                || path.indexOf('\0') >= 0
                || DRIVE.matcher(path).matches()) {
            return false;
        }
        return Stream.of(path.split("/", -1)).noneMatch(it -> it.isEmpty() || it.equals(".") || it.equals(".."));
    }
}
