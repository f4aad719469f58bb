package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.finder.SiteFinder;
import io.sealos.images.internal.helm.HelmCharts;
import io.sealos.images.internal.scan.ContextFiles;
import io.sealos.images.internal.scan.KubefileImages;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluationException;
import io.sealos.kubefile.KubefileParseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the images that an application will run: in {@code manifests/}, in the charts of {@code charts/}, rendered by
 * the real Helm engine with their hooks, in the lists of {@code images/shim/}, and in the build file of a rootfs. What
 * charts say beyond that, in their values for example, is shown but not saved.
 *
 * <p>A scan reads only; it contacts neither a registry nor a cluster. What cannot be read or rendered is a problem of
 * the inventory and does not stop the rest. Immutable and thread-safe.
 */
public final class ImageScanner {
    private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json|tmpl)");
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tgz|tar\\.gz)");
    private static final int LONGEST_LINE = 4096;

    private final String kubernetesVersion;
    private final ChartRenderer renderer;
    private final boolean testHooks;
    private final List<SiteFinder> finders;

    private ImageScanner(Builder builder) {
        this.kubernetesVersion = builder.kubernetesVersion;
        this.renderer = builder.renderer;
        this.testHooks = builder.testHooks;
        this.finders = List.copyOf(builder.finders);
    }

    /** {@return a builder; everything in it is optional} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the images of a context directory}
     *
     * @param contextDirectory the directory with {@code manifests}, {@code charts} and {@code images}; each may be
     *     missing
     * @throws IOException if the disk fails
     */
    public ImageInventory scan(Path contextDirectory) throws IOException {
        ContextFiles files = new ContextFiles(contextDirectory);
        ScanFindings findings = new ScanFindings(finders);
        scanManifests(files, findings);
        scanCharts(files, findings);
        scanShimLists(files, findings);
        scanBuildFiles(contextDirectory, findings);
        return findings.inventory(testHooks);
    }

    /**
     * {@return the images of one manifest}
     *
     * @param name the file's name for the occurrences
     * @param in YAML or JSON, one or more documents; it is not closed
     * @throws IOException if reading fails
     */
    public ImageInventory scanManifest(String name, InputStream in) throws IOException {
        ScanFindings findings = new ScanFindings(finders);
        findings.manifest(name, in);
        return findings.inventory(testHooks);
    }

    /**
     * {@return the images of one chart, rendered with its default values}
     *
     * @param chart the chart's folder or its {@code .tgz} or {@code .tar.gz} file
     * @throws IOException if the disk fails
     */
    public ImageInventory scanChart(Path chart) throws IOException {
        ScanFindings findings = new ScanFindings(finders);
        ChartRenderRequest request = ChartRenderRequest.of(chart, List.of(), kubernetesVersion);
        String file = String.valueOf(chart.getFileName());
        RenderedChart rendered = renderer.render(request);
        findings.chart(file, rendered);
        findings.chartHints(file, rendered.name(), chart);
        return findings.inventory(testHooks);
    }

    private static void scanManifests(ContextFiles files, ScanFindings findings) throws IOException {
        for (Path file : files.below(StandardDirectory.MANIFESTS)) {
            String name = files.name(file);
            if (MANIFEST.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                try (InputStream in = Files.newInputStream(file)) {
                    findings.manifest(name, in);
                }
            }
        }
    }

    private void scanCharts(ContextFiles files, ScanFindings findings) throws IOException {
        files.entries(StandardDirectory.CHARTS).stream()
                .filter(ImageScanner::isUnnamedChart)
                .forEach(chart -> findings.problem(
                        files.name(chart), 0, "the folder has templates but no Chart.yaml, so that it is no chart"));
        List<Path> charts = files.entries(StandardDirectory.CHARTS).stream()
                .filter(ImageScanner::isChart)
                .toList();
        List<ChartRenderRequest> requests = new ArrayList<>();
        for (Path chart : charts) {
            requests.add(ChartRenderRequest.of(chart, HelmCharts.valuesFiles(chart), kubernetesVersion));
        }
        List<RenderedChart> rendered = requests.isEmpty() ? List.of() : renderer.renderAll(requests);
        for (int i = 0; i < charts.size(); i++) {
            String file = files.name(charts.get(i));
            findings.chart(file, rendered.get(i));
            findings.chartHints(file, rendered.get(i).name(), charts.get(i));
        }
    }

    /** A build file with mistakes is refused by whoever builds; here it names no images. */
    private static void scanBuildFiles(Path context, ScanFindings findings) throws IOException {
        List<Path> files = BuildFiles.find(context);
        if (files.isEmpty()) {
            return;
        }
        String name = String.valueOf(files.get(files.size() - 1).getFileName());
        try {
            KubefileImages.scan(Kubefile.join(files), it -> findings.add(it, name, "", ""));
        } catch (KubefileParseException | KubefileEvaluationException e) {
            findings.problem(name, 0, "the build file cannot be read: " + e.getMessage());
        }
    }

    private static boolean isChart(Path entry) {
        return Files.isDirectory(entry)
                ? Files.isRegularFile(entry.resolve("Chart.yaml"))
                : ARCHIVE.matcher(entry.toString()).matches();
    }

    private static boolean isUnnamedChart(Path entry) {
        return Files.isDirectory(entry.resolve("templates")) && !isChart(entry);
    }

    private static void scanShimLists(ContextFiles files, ScanFindings findings) throws IOException {
        for (Path file : files.below(StandardDirectory.SHIM)) {
            scanShimList(files.name(file), file, findings);
        }
    }

    private static void scanShimList(String name, Path file, ScanFindings findings) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                shimLine(name, ++number, line, findings);
            }
        }
    }

    private static void shimLine(String file, int number, String line, ScanFindings findings) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        try {
            ImageReference reference = ImageReference.parse(text.substring(0, Math.min(text.length(), LONGEST_LINE)));
            findings.add(new Sighting(reference, Confidence.CERTAIN, "shim-list", number, 1, "", ""), file, "", "");
        } catch (ImageReferenceException e) {
            findings.problem(file, number, e.getMessage() + "; write one reference a line");
        }
    }

    /** Collects the options of a scanner; not thread-safe. */
    public static final class Builder {
        private String kubernetesVersion = "1.31.0";
        private ChartRenderer renderer = HelmCharts.renderer();
        private boolean testHooks;
        private final List<SiteFinder> finders = new ArrayList<>();

        private Builder() {}

        /**
         * Sets the Kubernetes version that charts are rendered for; 1.31.0 if not called. A chart that excludes it is
         * rendered for the highest version that it allows, and the inventory says so.
         *
         * @param version such as {@code 1.31.0}
         * @return this builder
         */
        public Builder kubernetesVersion(String version) {
            this.kubernetesVersion = version.startsWith("v") ? version.substring(1) : version;
            return this;
        }

        /**
         * Sets what renders charts. If not called, Helm does, in a child process with a time limit.
         *
         * @param chartRenderer the renderer
         * @return this builder
         */
        public Builder chartRenderer(ChartRenderer chartRenderer) {
            this.renderer = chartRenderer;
            return this;
        }

        /**
         * Sets whether images that only {@code helm test} runs are saved too; they are not if not called.
         *
         * @param saved whether to save them
         * @return this builder
         */
        public Builder testHooks(boolean saved) {
            this.testHooks = saved;
            return this;
        }

        /**
         * Adds a rule that says which field of a kind is an image; several may be added.
         *
         * @param rule the rule
         * @return this builder
         */
        public Builder rule(ImageRule rule) {
            return finder(rule);
        }

        /**
         * Adds a finder of the user's own; several may be added.
         *
         * @param finder the finder
         * @return this builder
         */
        public Builder finder(ImageFinder finder) {
            finders.add(new UserFinder(finder));
            return this;
        }

        /** {@return the scanner} */
        public ImageScanner build() {
            return new ImageScanner(this);
        }
    }
}
