package io.sealos.images;

import io.sealos.images.internal.charts.AppliedScan;
import io.sealos.images.internal.charts.ChartScan;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.finder.MappingFinder;
import io.sealos.images.internal.install.InstallReader;
import io.sealos.images.internal.operator.Operator;
import io.sealos.images.internal.operator.Operators;
import io.sealos.images.internal.scan.BuildFileScan;
import io.sealos.images.internal.scan.ChartOptions;
import io.sealos.images.internal.scan.IgnoreRule;
import io.sealos.images.internal.scan.KubefileImages;
import io.sealos.images.internal.scan.ScanFindings;
import io.sealos.images.internal.scan.ScanIgnores;
import io.sealos.images.internal.scan.ScriptTemplates;
import io.sealos.images.internal.scan.ShimLists;
import io.sealos.images.internal.scan.Source;
import io.sealos.images.internal.scan.TemplateScan;
import io.sealos.images.internal.sealos.SealosDirectories;
import io.sealos.images.internal.template.TemplateFiles;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.overlay.OverlayFileSystem;
import io.sealos.internal.text.FileFailures;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.SealosRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the images that an application will run. They are found in {@code manifests/}, in the files that the commands
 * of the build file and their scripts apply, in the charts of {@code charts/}, rendered by the Helm engine with their
 * hooks, in the lists of {@code images/shim/}, and in the build file of a rootfs. Images in other parts of a chart,
 * such as its values, are shown but not saved. The images that the operators of the context start for its custom
 * resources by defaults of their own are added, if the versions of these operators are known (see
 * {@link OperatorFacts}).
 *
 * <p>A scan only reads files. It contacts neither a registry nor a cluster. A file that cannot be read and a chart that
 * cannot be rendered are reported as problems of the inventory, and do not end the scan. Immutable and thread-safe.
 *
 * <p>A file {@code .sealignore} in the context directory is applied as sealos applies it. Each line is the full name of
 * an image: the normalized name, such as {@code docker.io/library/nginx:1.25}, for manifests and charts, and the name
 * as written for lists. The file supports neither patterns nor comments. {@link Builder#ignore} and
 * {@link Builder#ignoreFiles} accept patterns.
 *
 * @since 0.1.0
 */
public final class ImageScanner {
    private final ChartOptions charts;
    private final List<MappingFinder> finders;
    private final Operators operators;
    private final List<IgnoreRule> ignoredReferences;
    private final List<IgnoreRule> ignoredFiles;

    private ImageScanner(Builder builder) {
        this.charts = new ChartOptions(
                builder.kubernetesVersion,
                builder.apiVersions,
                builder.renderer,
                List.copyOf(builder.scenarios),
                builder.testHooks,
                builder.whatIf,
                false);
        this.finders = List.copyOf(builder.finders);
        this.operators = builder.noOperators ? Operators.none() : Operators.builtInAnd(builder.operators);
        this.ignoredReferences = List.copyOf(builder.ignoredReferences);
        this.ignoredFiles = List.copyOf(builder.ignoredFiles);
    }

    private ImageScanner(ImageScanner settings, ChartOptions charts) {
        this.charts = charts;
        this.finders = settings.finders;
        this.operators = settings.operators;
        this.ignoredReferences = settings.ignoredReferences;
        this.ignoredFiles = settings.ignoredFiles;
    }

    /** {@return a session that scans several directories with one chart engine, and must be closed} */
    public ScanSession openSession() {
        ChartRenderer.Session renderer = charts.renderer().openSession();
        return new ScanSession(new ImageScanner(this, charts.withRenderer(renderer)), renderer);
    }

    /**
     * {@return this scanner for a build that saves {@linkplain ImageInventory#artifacts() artifacts}} An artifact whose
     * version is a range is a gap for it.
     */
    public ImageScanner withArtifacts() {
        return new ImageScanner(this, charts.savingArtifacts());
    }

    /**
     * {@return the images of a context directory} The build files, if there are any, determine which manifests are
     * applied, and the values with which charts are installed.
     *
     * @param contextDirectory the directory with {@code manifests}, {@code charts} and {@code images}; each may be
     *     missing
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept, and no process of the
     *     chart engine is left
     * @throws IOException if an I/O error occurs
     */
    public ImageInventory scan(Path contextDirectory) throws IOException {
        InventoryBuilder inventory = new InventoryBuilder();
        ScanFindings findings = findings(inventory);
        return FileFailures.explained(
                contextDirectory,
                () -> scan(
                        contextDirectory, new BuildFileScan(findings).evaluate(contextDirectory), findings, inventory));
    }

    /**
     * {@return the images of a context directory that is built with the given Kubefile} The scan includes the files
     * that the Kubefile applies, and also renders charts with the values that the Kubefile gives when it installs them.
     *
     * @param contextDirectory the directory with {@code manifests}, {@code charts} and {@code images}; each may be
     *     missing
     * @param evaluation the evaluated Kubefile whose commands will run
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept, and no process of the
     *     chart engine is left
     * @throws IOException if an I/O error occurs
     */
    public ImageInventory scan(Path contextDirectory, KubefileEvaluation evaluation) throws IOException {
        RequiredPath.directory(contextDirectory, "name the directory of a context");
        InventoryBuilder inventory = new InventoryBuilder();
        return FileFailures.explained(
                contextDirectory,
                () -> scan(contextDirectory, Optional.of(evaluation), findings(inventory), inventory));
    }

    private ImageInventory scan(
            Path directory, Optional<KubefileEvaluation> evaluation, ScanFindings findings, InventoryBuilder inventory)
            throws IOException {
        Path context = OverlayFileSystem.withExactNames(directory);
        ContextFiles files = new ContextFiles(context);
        ShimLists lists = new ShimLists(files, findings);
        lists.readIgnoreList();
        try (ChartRenderer.Session engine = charts.renderer().openSession();
                TemplateFiles templates = charts.templates(files, engine, environment(evaluation))) {
            ScriptTemplates scripts = new ScriptTemplates(files, templates, findings);
            InstallReader.Found installed = evaluation.isPresent()
                    ? InstallReader.read(context, evaluation.get(), scripts)
                    : InstallReader.Found.NOTHING;
            new AppliedScan(files, findings, new TemplateScan(templates, findings), charts.withRenderer(engine))
                    .scan(installed);
        }
        lists.scan();
        lists.scanArchives();
        findings.sealos().look(new SealosDirectories(context));
        evaluation.ifPresent(
                buildFile -> KubefileImages.scan(buildFile, (file, it) -> findings.add(it, Source.of(file))));
        findings.operators().report(findings);
        return new ImageInventory(inventory, findings, charts.testHooks());
    }

    /**
     * {@return the images of one manifest}
     *
     * @param name the file name that occurrences show
     * @param in a stream of one or more YAML or JSON documents; it is not closed
     * @throws IOException if reading fails
     */
    public ImageInventory scanManifest(String name, InputStream in) throws IOException {
        InventoryBuilder inventory = new InventoryBuilder();
        ScanFindings findings = findings(inventory);
        return FileFailures.explained(name, () -> {
            findings.manifest(Source.of(name), true, in);
            findings.operators().report(findings);
            return new ImageInventory(inventory, findings, charts.testHooks());
        });
    }

    /**
     * {@return the images of one chart, rendered with its default values and with those of each scenario} A file
     * {@code <name>.values.yaml} beside the chart is part of the default values, as in a context directory.
     *
     * @param chart the directory of the chart, or its {@code .tgz} or {@code .tar.gz} file
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept, and no process of the
     *     chart engine is left
     * @throws IOException if an I/O error occurs
     */
    public ImageInventory scanChart(Path chart) throws IOException {
        InventoryBuilder inventory = new InventoryBuilder();
        ScanFindings findings = findings(inventory);
        return FileFailures.explained(chart, () -> {
            new ChartScan(charts, findings).chart(chart);
            findings.operators().report(findings);
            return new ImageInventory(inventory, findings, charts.testHooks());
        });
    }

    /**
     * {@return the templates of a context directory, rendered with an environment, in the order in which sealos renders
     * them} These are the files in {@code etc}, {@code scripts} and {@code manifests} whose names end in {@code .tmpl}.
     * Sealos stops at the first one that fails; here the others follow. Unset variables are {@code <no value>}.
     *
     * @param contextDirectory the directory with the templates
     * @param environment the environment of the image with that of the site, such as
     *     {@link SealosRuntime#environment()}
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept, and no process of the
     *     chart engine is left
     * @throws IOException if an I/O error occurs
     */
    public List<RenderedTemplate> renderTemplates(Path contextDirectory, Map<String, String> environment)
            throws IOException {
        RequiredPath.directory(contextDirectory, "name the directory of a context");
        ContextFiles files = new ContextFiles(OverlayFileSystem.withExactNames(contextDirectory));
        return FileFailures.explained(contextDirectory, () -> {
            try (ChartRenderer.Session engine = charts.renderer().openSession();
                    TemplateFiles templates = charts.templates(files, engine, environment)) {
                return RenderedTemplate.all(files, templates);
            }
        });
    }

    private ScanFindings findings(InventoryBuilder inventory) {
        return new ScanFindings(new ScanIgnores(ignoredReferences, ignoredFiles), finders, operators, inventory);
    }

    private static Map<String, String> environment(Optional<KubefileEvaluation> evaluation) {
        return evaluation.map(it -> SealosRuntime.of(it.config()).environment()).orElse(Map.of());
    }

    /** {@return a builder, all settings of which are optional} */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder of {@link ImageScanner}. Not thread-safe. */
    public static final class Builder {
        private String kubernetesVersion = "1.34.0";
        private List<String> apiVersions = List.of();
        private ChartRenderer renderer = ChartRenderers.childProcess();
        private final List<ChartScenario> scenarios = new ArrayList<>();
        private boolean testHooks;
        private Optional<WhatIfLimits> whatIf = Optional.empty();
        private final List<MappingFinder> finders = new ArrayList<>();
        private final List<Operator> operators = new ArrayList<>();
        private boolean noOperators;
        private final List<IgnoreRule> ignoredReferences = new ArrayList<>();
        private final List<IgnoreRule> ignoredFiles = new ArrayList<>();

        private Builder() {}

        /**
         * Sets the Kubernetes version for which charts are rendered. The default is 1.34.0. A chart that does not allow
         * this version is rendered for the highest version that it allows, and the inventory has a problem of the kind
         * {@link ScanProblem.Kind#OTHER_KUBERNETES}.
         *
         * @param version the version, such as {@code 1.34.0}
         * @return this builder
         */
        public Builder kubernetesVersion(String version) {
            this.kubernetesVersion = version.startsWith("v") ? version.substring(1) : version;
            return this;
        }

        /**
         * Sets the API versions that the cluster will have in addition to those that Helm assumes. Charts query them
         * with {@code .Capabilities.APIVersions.Has}. By default there are none.
         *
         * @param versions the API versions, such as {@code monitoring.coreos.com/v1} or
         *     {@code cert-manager.io/v1/Certificate}
         * @return this builder
         */
        public Builder apiVersions(String... versions) {
            this.apiVersions = List.of(Objects.requireNonNull(versions, "versions"));
            return this;
        }

        /**
         * Sets the renderer of charts. The default is {@link ChartRenderers#childProcess()}.
         *
         * @param chartRenderer the renderer
         * @return this builder
         */
        public Builder chartRenderer(ChartRenderer chartRenderer) {
            this.renderer = Objects.requireNonNull(chartRenderer, "chartRenderer");
            return this;
        }

        /**
         * Adds a scenario. Charts are rendered with its values as well as with their default values. The inventory has
         * the images of all scenarios. This method can be called repeatedly.
         *
         * @param scenario the values, with their name
         * @return this builder
         */
        public Builder scenario(ChartScenario scenario) {
            scenarios.add(Objects.requireNonNull(scenario, "scenario"));
            return this;
        }

        /**
         * Sets whether images that only {@code helm test} runs are saved. By default they are not.
         *
         * @param saved {@code true} to save them
         * @return this builder
         */
        public Builder testHooks(boolean saved) {
            this.testHooks = saved;
            return this;
        }

        /**
         * Tries the switches of the charts, such as {@code redis.enabled}, for {@link ImageInventory#whatIf()}. By
         * default none are tried. Each one is rendered, so a scan takes longer, up to the time of the limits for each
         * chart. The other results of the scan, and the images that are saved, stay the same.
         *
         * @param limits the limits for each chart, such as {@link WhatIfLimits#defaults()}
         * @return this builder
         */
        public Builder whatIf(WhatIfLimits limits) {
            this.whatIf = Optional.of(Objects.requireNonNull(limits, "limits"));
            return this;
        }

        /**
         * Adds a rule for a field that holds an image. This method can be called repeatedly.
         *
         * @param rule the rule
         * @return this builder
         */
        public Builder rule(ImageRule rule) {
            return finder(Objects.requireNonNull(rule, "rule"));
        }

        /**
         * Adds a custom finder. This method can be called repeatedly.
         *
         * @param finder the finder
         * @return this builder
         */
        public Builder finder(ImageFinder finder) {
            finders.add(new UserFinder(Objects.requireNonNull(finder, "finder")));
            return this;
        }

        /**
         * Adds facts about an operator, which replace those that the library has about an operator of the same name.
         * The images that it starts for the custom resources of the context are then saved. This method can be called
         * repeatedly.
         *
         * @param facts the facts about one operator
         * @return this builder
         */
        public Builder operatorFacts(OperatorFacts facts) {
            operators.add(facts.operator());
            return this;
        }

        /** Leaves out all facts about operators, to compare with a scan that uses them. */
        Builder withoutOperators() {
            this.noOperators = true;
            return this;
        }

        /**
         * Excludes images whose canonical name, such as {@code docker.io/library/nginx:1.25}, matches a pattern. They
         * remain among the occurrences but are not saved. A pattern that matches nothing is reported as a notice of the
         * inventory. This method can be called repeatedly.
         *
         * @param glob a pattern in the syntax of {@code .dockerignore}: {@code *} and {@code ?} do not match a slash,
         *     {@code **} does; {@code quay.io/team} matches everything below it, {@code **}{@code /pause:*} all tags of
         *     an image
         * @return this builder
         * @throws IllegalArgumentException if the glob is empty or malformed
         */
        public Builder ignore(String glob) {
            ignoredReferences.add(IgnoreRule.of("ignore", Objects.requireNonNull(glob, "glob")));
            return this;
        }

        /**
         * Excludes manifests, charts and lists whose path relative to the context directory matches a pattern. They are
         * not read. A pattern that matches nothing is reported as a notice of the inventory. This method can be called
         * repeatedly.
         *
         * @param glob a pattern in the syntax of {@code .dockerignore}, such as {@code manifests/test} or
         *     {@code charts/*-demo}; a chart is excluded as a whole
         * @return this builder
         * @throws IllegalArgumentException if the glob is empty or malformed
         */
        public Builder ignoreFiles(String glob) {
            ignoredFiles.add(IgnoreRule.of("ignoreFiles", Objects.requireNonNull(glob, "glob")));
            return this;
        }

        /** {@return the scanner} */
        public ImageScanner build() {
            return new ImageScanner(this);
        }
    }
}
