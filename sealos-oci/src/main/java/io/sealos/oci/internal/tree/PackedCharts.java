package io.sealos.oci.internal.tree;

import io.sealos.internal.chart.ChartFile;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the chart in a {@code Chart.yaml}, or the charts in a packed one. */
final class PackedCharts {
    private static final long MOST_UNPACKED = 1L << 28;
    private static final int DEEPEST = 8;
    private static final int MOST_CHARTS = 1000;

    /** The charts by the path of their {@code Chart.yaml}. */
    private final SortedMap<String, ChartFile> charts = new TreeMap<>();

    private long unpacked;

    private PackedCharts() {}

    /**
     * {@return the chart of a file, followed by those that it contains; empty for another file or a broken chart} The
     * content need not be read completely.
     */
    static List<ChartFile> read(String path, InputStream content) throws IOException {
        if (isFile(path)) {
            return List.of(ChartFile.parse(content.readNBytes(ChartFile.LARGEST)));
        }
        return isPacked(path) ? packed(content) : List.of();
    }

    /** {@return whether a file with this path may be one that has a chart} */
    static boolean mayRead(String path) {
        return isFile(path) || isPacked(path);
    }

    private static boolean isFile(String path) {
        return path.endsWith("/" + ChartFile.NAME);
    }

    private static boolean isPacked(String path) {
        return path.endsWith(".tgz") || path.endsWith(".tar.gz");
    }

    private static List<ChartFile> packed(InputStream content) throws IOException {
        PackedCharts found = new PackedCharts();
        found.unpack("", content, 0);
        String first = found.charts.keySet().stream()
                .filter(PackedCharts::isOfChart)
                .findFirst()
                .orElse("");
        ChartFile chart = found.charts.remove(first);
        if (chart == null) {
            return List.of();
        }
        List<ChartFile> all = new ArrayList<>(List.of(chart));
        all.addAll(found.charts.values());
        return all;
    }

    /** {@return whether a path is that of the file of the packed chart, such as {@code web/Chart.yaml}} */
    private static boolean isOfChart(String path) {
        return path.indexOf('/') == path.lastIndexOf('/');
    }

    /** Reads the entries up to a limit, and ends at one that cannot be read. */
    private void unpack(String prefix, InputStream content, int depth) throws IOException {
        try (BufferedInputStream stored = Compression.buffered(new StaysOpen(content));
                InputStream tar = Compression.buffered(Compression.of(stored).decompress(stored))) {
            TarEntries entries = new TarEntries(tar);
            TarEntry entry = entries.next();
            while (entry != null && charts.size() < MOST_CHARTS) {
                unpacked += entry.size();
                if (unpacked > MOST_UNPACKED) {
                    return;
                }
                add(prefix, entry, entries, depth);
                entry = entries.next();
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            // A broken archive only has a digest, and the charts that were read before.
        }
    }

    private void add(String prefix, TarEntry entry, TarEntries entries, int depth) throws IOException {
        String name = entry.name().startsWith("./") ? entry.name().substring(2) : entry.name();
        String path = prefix + name;
        if (isFile(name) && isChartDirectory(name)) {
            charts.putIfAbsent(path, ChartFile.parse(entries.content().readNBytes(ChartFile.LARGEST)));
        } else if (isPacked(name) && isChartDirectory(name) && depth < DEEPEST) {
            unpack(path + "/", entries.content(), depth + 1);
        }
    }

    /** {@return whether the directories of a path are those of charts in charts, such as {@code web/charts/db}} */
    private static boolean isChartDirectory(String path) {
        String[] names = path.split("/", -1);
        boolean packed = isPacked(path);
        for (int i = 1; i < names.length - 1; i += 2) {
            if (!names[i].equals("charts")) {
                return false;
            }
        }
        return packed == (names.length % 2 == 1);
    }

    private static final class StaysOpen extends FilterInputStream {
        StaysOpen(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The rest is read after the chart.
        }
    }
}
