package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.helm.HelmCharts;
import io.sealos.images.internal.install.InstallReader;
import io.sealos.images.internal.install.InstallReader.Found;
import io.sealos.images.internal.scan.ContextFiles;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
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
import org.jspecify.annotations.Nullable;

/**
 * Finds the images that an application will run: in {@code manifests/}, in the charts of {@code charts/}, rendered by
 * the real Helm engine with their hooks, and in the lists of {@code images/shim/}.
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
    private final List<ChartScenario> scenarios;
    private final boolean testHooks;

    private ImageScanner(Builder builder) {
        this.scenarios = List.copyOf(builder.scenarios);
        this.kubernetesVersion = builder.kubernetesVersion;
        this.renderer = builder.renderer;
        this.testHooks = builder.testHooks;
    }

    /** {@return a builder; everything in it is optional} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the images of a context directory} Its build files, if there are any, tell which values the charts will
     * be installed with.
     *
     * @param contextDirectory the directory with {@code manifests}, {@code charts} and {@code images}; each may be
     *     missing
     * @throws IOException if the disk fails
     */
    public ImageInventory scan(Path contextDirectory) throws IOException {
        ScanFindings findings = new ScanFindings();
        scan(contextDirectory, evaluation(contextDirectory, findings), findings);
        return findings.inventory(testHooks);
    }

    /**
     * {@return the images of a context directory, its charts with the values that a Kubefile installs them with}
     *
     * @param contextDirectory the directory with {@code manifests}, {@code charts} and {@code images}; each may be
     *     missing
     * @param evaluation the Kubefile whose commands will run
     * @throws IOException if the disk fails
     */
    public ImageInventory scan(Path contextDirectory, KubefileEvaluation evaluation) throws IOException {
        ScanFindings findings = new ScanFindings();
        scan(contextDirectory, evaluation, findings);
        return findings.inventory(testHooks);
    }

    private void scan(Path context, @Nullable KubefileEvaluation evaluation, ScanFindings findings) throws IOException {
        ContextFiles files = new ContextFiles(context);
        scanManifests(files, findings);
        scanCharts(context, files, evaluation, findings);
        scanShimLists(files, findings);
    }

    private static @Nullable KubefileEvaluation evaluation(Path context, ScanFindings findings) throws IOException {
        List<Path> buildFiles = BuildFiles.find(context);
        try {
            return buildFiles.isEmpty() ? null : Kubefile.join(buildFiles).evaluate(BuildOptions.defaults());
        } catch (KubefileParseException | KubefileEvaluationException e) {
            if (Files.isDirectory(context.resolve(StandardDirectory.CHARTS))) {
                findings.problem(
                        String.valueOf(buildFiles.get(0).getFileName()),
                        0,
                        "it cannot be evaluated, so that the values that charts will be installed with are not known");
            }
            return null;
        }
    }

    /**
     * {@return the images of one manifest}
     *
     * @param name the file's name for the occurrences
     * @param in YAML or JSON, one or more documents; it is not closed
     * @throws IOException if reading fails
     */
    public ImageInventory scanManifest(String name, InputStream in) throws IOException {
        ScanFindings findings = new ScanFindings();
        findings.manifest(name, in);
        return findings.inventory(testHooks);
    }

    /**
     * {@return the images of one chart, rendered with its default values and those of the scenarios}
     *
     * @param chart the chart's folder or its {@code .tgz} or {@code .tar.gz} file
     * @throws IOException if the disk fails
     */
    public ImageInventory scanChart(Path chart) throws IOException {
        ScanFindings findings = new ScanFindings();
        try (ValuesFolder folder = new ValuesFolder()) {
            ChartRuns runs = new ChartRuns(kubernetesVersion, scenarios, folder);
            runs.add(chart, String.valueOf(chart.getFileName()));
            render(runs.all(), findings);
        }
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

    private void scanCharts(
            Path context, ContextFiles files, @Nullable KubefileEvaluation evaluation, ScanFindings findings)
            throws IOException {
        try (ValuesFolder folder = new ValuesFolder()) {
            ChartRuns runs = new ChartRuns(kubernetesVersion, scenarios, folder);
            for (Path entry : files.entries(StandardDirectory.CHARTS)) {
                if (isChart(entry)) {
                    runs.add(entry, files.name(entry));
                } else if (Files.isDirectory(entry.resolve("templates"))) {
                    findings.problem(
                            files.name(entry), 0, "the folder has templates but no Chart.yaml, so that it is no chart");
                }
            }
            if (evaluation != null) {
                addInstalled(InstallReader.read(context, evaluation), runs, files, findings);
            }
            render(runs.all(), findings);
        }
    }

    private static void addInstalled(Found found, ChartRuns runs, ContextFiles files, ScanFindings findings) {
        found.charts().forEach(chart -> runs.add(chart, files.name(chart.chart())));
        found.problems().forEach(it -> findings.problem(it.file(), it.line(), it.message()));
    }

    private void render(List<ChartRun> runs, ScanFindings findings) throws IOException {
        List<ChartRenderRequest> requests = runs.stream().map(ChartRun::request).toList();
        List<RenderedChart> rendered = requests.isEmpty() ? List.of() : renderer.renderAll(requests);
        for (int i = 0; i < runs.size(); i++) {
            findings.chart(runs.get(i), rendered.get(i));
        }
    }

    private static boolean isChart(Path entry) {
        return Files.isDirectory(entry)
                ? Files.isRegularFile(entry.resolve("Chart.yaml"))
                : ARCHIVE.matcher(entry.toString()).matches();
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
            findings.add(new Sighting(reference, Confidence.CERTAIN, "shim-list", number, 1, "", ""), file, "", "", "");
        } catch (ImageReferenceException e) {
            findings.problem(file, number, e.getMessage() + "; write one reference a line");
        }
    }

    /** Collects the options of a scanner; not thread-safe. */
    public static final class Builder {
        private String kubernetesVersion = "1.31.0";
        private ChartRenderer renderer = HelmCharts.renderer();
        private final List<ChartScenario> scenarios = new ArrayList<>();
        private boolean testHooks;

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
         * Adds values that charts are rendered with besides their own; the images of all are united. May be repeated.
         *
         * @param scenario the values, with their name
         * @return this builder
         */
        public Builder scenario(ChartScenario scenario) {
            scenarios.add(scenario);
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

        /** {@return the scanner} */
        public ImageScanner build() {
            return new ImageScanner(this);
        }
    }
}
