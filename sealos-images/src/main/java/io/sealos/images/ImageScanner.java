package io.sealos.images;

import io.sealos.images.internal.finder.SiteFinder;
import io.sealos.images.internal.helm.HelmCharts;
import io.sealos.images.internal.scan.ContextFiles;
import io.sealos.images.internal.scan.KubefileImages;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluationException;
import io.sealos.kubefile.KubefileParseException;
import java.io.IOException;
import java.io.InputStream;
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
 *
 * <p>A {@code .sealignore} in the context directory is heeded as sealos does it: each line is the whole name of an
 * image, normalised ({@code docker.io/library/nginx:1.25}) for manifests and charts, as typed for the lists; patterns
 * and comments it does not know. Globs are given by {@link Builder#ignore} and {@link Builder#ignoreFiles}.
 */
public final class ImageScanner {
    private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json|tmpl)");
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tgz|tar\\.gz)");

    private final String kubernetesVersion;
    private final ChartRenderer renderer;
    private final boolean testHooks;
    private final List<SiteFinder> finders;
    private final List<IgnoreRule> ignoredReferences;
    private final List<IgnoreRule> ignoredFiles;

    private ImageScanner(Builder builder) {
        this.kubernetesVersion = builder.kubernetesVersion;
        this.renderer = builder.renderer;
        this.testHooks = builder.testHooks;
        this.finders = List.copyOf(builder.finders);
        this.ignoredReferences = List.copyOf(builder.ignoredReferences);
        this.ignoredFiles = List.copyOf(builder.ignoredFiles);
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
        ScanFindings findings = findings();
        ShimLists lists = new ShimLists(files, findings);
        lists.readIgnoreList();
        scanManifests(files, findings);
        scanCharts(files, findings);
        lists.scan();
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
        ScanFindings findings = findings();
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
        ScanFindings findings = findings();
        ChartRenderRequest request = ChartRenderRequest.of(chart, ChartValues.none(), kubernetesVersion);
        String file = String.valueOf(chart.getFileName());
        RenderedChart rendered = renderer.render(request);
        findings.chart(file, rendered);
        findings.chartHints(file, rendered.name(), chart);
        findings.sealos().chart(chart, file, rendered);
        return findings.inventory(testHooks);
    }

    private ScanFindings findings() {
        return new ScanFindings(new ScanIgnores(ignoredReferences, ignoredFiles), finders);
    }

    private static void scanManifests(ContextFiles files, ScanFindings findings) throws IOException {
        for (Path file : files.below(StandardDirectory.MANIFESTS)) {
            String name = files.name(file);
            boolean manifest = MANIFEST.matcher(name.toLowerCase(Locale.ROOT)).matches();
            if (manifest && !findings.ignores().leavesOut(name)) {
                try (InputStream in = Files.newInputStream(file)) {
                    findings.manifest(name, in);
                }
            }
        }
    }

    private void scanCharts(ContextFiles files, ScanFindings findings) throws IOException {
        List<Path> entries = files.entries(StandardDirectory.CHARTS).stream()
                .filter(entry -> !findings.ignores().leavesOut(files.name(entry)))
                .toList();
        entries.forEach(entry -> findings.sealos().chartEntry(entry, files.name(entry)));
        entries.stream()
                .filter(ImageScanner::isUnnamedChart)
                .forEach(chart -> findings.problem(
                        files.name(chart), 0, "the folder has templates but no Chart.yaml, so that it is no chart"));
        List<Path> charts = entries.stream().filter(ImageScanner::isChart).toList();
        List<ChartRenderRequest> requests = new ArrayList<>();
        for (Path chart : charts) {
            requests.add(
                    ChartRenderRequest.of(chart, ChartValues.files(HelmCharts.valuesFiles(chart)), kubernetesVersion));
        }
        List<RenderedChart> rendered = requests.isEmpty() ? List.of() : renderer.renderAll(requests);
        for (int i = 0; i < charts.size(); i++) {
            String file = files.name(charts.get(i));
            findings.chart(file, rendered.get(i));
            findings.chartHints(file, rendered.get(i).name(), charts.get(i));
            findings.sealos().chart(charts.get(i), file, rendered.get(i));
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

    /** Collects the options of a scanner; not thread-safe. */
    public static final class Builder {
        private String kubernetesVersion = "1.31.0";
        private ChartRenderer renderer = HelmCharts.renderer();
        private boolean testHooks;
        private final List<SiteFinder> finders = new ArrayList<>();
        private final List<IgnoreRule> ignoredReferences = new ArrayList<>();
        private final List<IgnoreRule> ignoredFiles = new ArrayList<>();

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

        /**
         * Leaves out images whose canonical name, such as {@code docker.io/library/nginx:1.25}, matches a glob: they
         * stay among the occurrences but are not saved. Repeatable; what matched nothing is a notice of the inventory.
         *
         * @param glob in the syntax of {@code .dockerignore}: {@code *} and {@code ?} stop at a slash, {@code **} does
         *     not; {@code quay.io/team} means all below it, {@code **}{@code /pause:*} all tags of an image
         * @return this builder
         * @throws IllegalArgumentException if the glob is empty or malformed
         */
        public Builder ignore(String glob) {
            ignoredReferences.add(IgnoreRule.of("ignore", glob));
            return this;
        }

        /**
         * Leaves out manifests, charts and lists whose path, relative to the context directory, matches a glob: they
         * are not read. Repeatable; what matched nothing is a notice of the inventory.
         *
         * @param glob in the syntax of {@code .dockerignore}, such as {@code manifests/test} or {@code charts/*-demo};
         *     a chart is left out as a whole
         * @return this builder
         * @throws IllegalArgumentException if the glob is empty or malformed
         */
        public Builder ignoreFiles(String glob) {
            ignoredFiles.add(IgnoreRule.of("ignoreFiles", glob));
            return this;
        }

        /** {@return the scanner} */
        public ImageScanner build() {
            return new ImageScanner(this);
        }
    }
}
