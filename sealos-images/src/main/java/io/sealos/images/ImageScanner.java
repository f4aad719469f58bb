package io.sealos.images;

import io.sealos.images.internal.charts.ChartScan;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.finder.MappingFinder;
import io.sealos.images.internal.install.InstallReader;
import io.sealos.images.internal.install.InstallReader.Found;
import io.sealos.images.internal.scan.BuildFileScan;
import io.sealos.images.internal.scan.ChartOptions;
import io.sealos.images.internal.scan.IgnoreRule;
import io.sealos.images.internal.scan.KubefileImages;
import io.sealos.images.internal.scan.ManifestScan;
import io.sealos.images.internal.scan.ScanFindings;
import io.sealos.images.internal.scan.ScanIgnores;
import io.sealos.images.internal.scan.ShimLists;
import io.sealos.images.internal.scan.Source;
import io.sealos.images.internal.scan.TemplateScan;
import io.sealos.images.internal.sealos.SealosDirectories;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.SealosRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the images that an application will run: in {@code manifests/}, in what the commands of the build file and
 * their scripts apply, in the charts of {@code charts/}, rendered by the real Helm engine with their hooks, in the
 * lists of {@code images/shim/}, and in the build file of a rootfs. What charts say beyond that, in their values for
 * example, is shown but not saved.
 *
 * <p>A scan reads only; it contacts neither a registry nor a cluster. What cannot be read or rendered is a problem of
 * the inventory and does not stop the rest. Immutable and thread-safe.
 *
 * <p>A {@code .sealignore} in the context directory is heeded as sealos does it: each line is the whole name of an
 * image, normalised ({@code docker.io/library/nginx:1.25}) for manifests and charts, as typed for the lists; patterns
 * and comments it does not know. Globs are given by {@link Builder#ignore} and {@link Builder#ignoreFiles}.
 */
public final class ImageScanner {
    private final ChartOptions charts;
    private final boolean testHooks;
    private final List<MappingFinder> finders;
    private final List<IgnoreRule> ignoredReferences;
    private final List<IgnoreRule> ignoredFiles;

    private ImageScanner(Builder builder) {
        this.charts = new ChartOptions(
                builder.kubernetesVersion, builder.apiVersions, builder.renderer, List.copyOf(builder.scenarios));
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
     * {@return the images of a context directory} Its build files, if there are any, tell which manifests will be
     * applied and which values the charts will be installed with.
     *
     * @param contextDirectory the directory with {@code manifests}, {@code charts} and {@code images}; each may be
     *     missing
     * @throws IOException if the disk fails
     */
    public ImageInventory scan(Path contextDirectory) throws IOException {
        InventoryBuilder inventory = new InventoryBuilder();
        ScanFindings findings = findings(inventory);
        return scan(contextDirectory, new BuildFileScan(findings).evaluate(contextDirectory), findings, inventory);
    }

    /**
     * {@return the images of a context directory, with those of what a Kubefile applies, and its charts also with the
     * values that it installs them with}
     *
     * @param contextDirectory the directory with {@code manifests}, {@code charts} and {@code images}; each may be
     *     missing
     * @param evaluation the Kubefile whose commands will run
     * @throws IOException if the disk fails
     */
    public ImageInventory scan(Path contextDirectory, KubefileEvaluation evaluation) throws IOException {
        InventoryBuilder inventory = new InventoryBuilder();
        return scan(contextDirectory, Optional.of(evaluation), findings(inventory), inventory);
    }

    private ImageInventory scan(
            Path context, Optional<KubefileEvaluation> evaluation, ScanFindings findings, InventoryBuilder inventory)
            throws IOException {
        ContextFiles files = new ContextFiles(context);
        ShimLists lists = new ShimLists(files, findings);
        lists.readIgnoreList();
        Found installed = evaluation.isPresent() ? InstallReader.read(context, evaluation.get()) : Found.NOTHING;
        try (TemplateScan templates = new TemplateScan(charts, findings, environment(evaluation))) {
            new ManifestScan(files, findings, templates).scan(installed.applied());
            new ChartScan(charts, findings).context(files, installed, templates);
        }
        lists.scan();
        lists.scanArchives();
        findings.sealos().look(new SealosDirectories(context));
        evaluation.ifPresent(
                buildFile -> KubefileImages.scan(buildFile, (file, it) -> findings.add(it, Source.of(file))));
        return new ImageInventory(inventory, findings, testHooks);
    }

    /**
     * {@return the images of one manifest}
     *
     * @param name the file's name for the occurrences
     * @param in YAML or JSON, one or more documents; it is not closed
     * @throws IOException if reading fails
     */
    public ImageInventory scanManifest(String name, InputStream in) throws IOException {
        InventoryBuilder inventory = new InventoryBuilder();
        ScanFindings findings = findings(inventory);
        findings.manifest(Source.of(name), true, in);
        return new ImageInventory(inventory, findings, testHooks);
    }

    /**
     * {@return the images of one chart, rendered with its own values and with those of each scenario} A file
     * {@code <name>.values.yaml} beside it belongs to its own values, as in a context directory.
     *
     * @param chart the chart's directory or its {@code .tgz} or {@code .tar.gz} file
     * @throws IOException if the disk fails
     */
    public ImageInventory scanChart(Path chart) throws IOException {
        InventoryBuilder inventory = new InventoryBuilder();
        ScanFindings findings = findings(inventory);
        new ChartScan(charts, findings).chart(chart);
        return new ImageInventory(inventory, findings, testHooks);
    }

    private ScanFindings findings(InventoryBuilder inventory) {
        return new ScanFindings(new ScanIgnores(ignoredReferences, ignoredFiles), finders, inventory);
    }

    /** The environment that sealos renders templates with. */
    private static Map<String, String> environment(Optional<KubefileEvaluation> evaluation) {
        return evaluation.map(it -> SealosRuntime.of(it.config()).environment()).orElse(Map.of());
    }

    /** Collects the options of a scanner; not thread-safe. */
    public static final class Builder {
        private String kubernetesVersion = "1.34.0";
        private List<String> apiVersions = List.of();
        private ChartRenderer renderer = ChartRenderers.childProcess();
        private final List<ChartScenario> scenarios = new ArrayList<>();
        private boolean testHooks;
        private final List<MappingFinder> finders = new ArrayList<>();
        private final List<IgnoreRule> ignoredReferences = new ArrayList<>();
        private final List<IgnoreRule> ignoredFiles = new ArrayList<>();

        private Builder() {}

        /**
         * Sets the Kubernetes version that charts are rendered for; 1.34.0 if not called. A chart that excludes it is
         * rendered for the highest version that it allows, and the inventory says so.
         *
         * @param version such as {@code 1.34.0}
         * @return this builder
         */
        public Builder kubernetesVersion(String version) {
            this.kubernetesVersion = version.startsWith("v") ? version.substring(1) : version;
            return this;
        }

        /**
         * Sets API versions that the cluster will have besides those that Helm takes for granted; charts ask for them
         * by {@code .Capabilities.APIVersions.Has}. None if not called.
         *
         * @param versions such as {@code monitoring.coreos.com/v1} or {@code cert-manager.io/v1/Certificate}
         * @return this builder
         */
        public Builder apiVersions(String... versions) {
            this.apiVersions = List.of(versions);
            return this;
        }

        /**
         * Sets what renders charts. If not called, {@link ChartRenderers#childProcess()} does.
         *
         * @param chartRenderer the renderer
         * @return this builder
         */
        public Builder chartRenderer(ChartRenderer chartRenderer) {
            this.renderer = chartRenderer;
            return this;
        }

        /**
         * Adds values that charts are rendered with besides their own; the images of all are united. Repeatable.
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
