package io.sealos.images.internal.scan;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartValues;
import io.sealos.images.Confidence;
import io.sealos.images.RenderedChart;
import io.sealos.images.RenderedDocument;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.template.TemplateChart;
import io.sealos.images.internal.template.TemplateLines;
import io.sealos.images.internal.template.UnsetVariables;
import io.sealos.internal.files.TemporaryDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Scans the templates among the manifests, rendered as sealos renders them before any command runs. */
public final class TemplateScan implements AutoCloseable {
    /** The suffix of the name of a template, which sealos recognizes in lower case only. */
    static final String SUFFIX = ".tmpl";

    private static final long MAX_SIZE = 8L * 1024 * 1024;

    private record Template(
            Source source, boolean standard, String text, UnsetVariables unset, ChartRenderRequest request) {}

    private final ChartOptions options;
    private final ScanFindings findings;
    private final Map<String, String> environment;
    private final List<Template> templates = new ArrayList<>();
    private @Nullable TemporaryDirectory directory;

    public TemplateScan(ChartOptions options, ScanFindings findings, Map<String, String> environment) {
        this.options = options;
        this.findings = findings;
        this.environment = environment;
    }

    /** {@return whether a file is a template} A file without an action is an ordinary manifest. */
    static boolean isTemplate(Path file) throws IOException {
        return file.toString().endsWith(SUFFIX)
                && Files.size(file) <= MAX_SIZE
                && read(file).contains("{{");
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    void add(Path file, Source source, boolean standard) throws IOException {
        if (directory == null) {
            directory = TemporaryDirectory.create("sealos-scan-");
        }
        Path chart = directory.path().resolve("template-" + templates.size());
        String text = read(file);
        UnsetVariables unset = new UnsetVariables(text, environment.keySet());
        TemplateChart.write(chart, unset.marked(), environment);
        templates.add(new Template(source, standard, text, unset, options.request(chart, ChartValues.none())));
    }

    /** {@return the requests to render the templates, in their order} */
    public List<ChartRenderRequest> requests() {
        return templates.stream().map(Template::request).toList();
    }

    /** Scans the output of the templates. */
    public void scan(List<RenderedChart> rendered) throws IOException {
        for (int i = 0; i < templates.size(); i++) {
            scan(templates.get(i), rendered.get(i));
        }
    }

    private void scan(Template template, RenderedChart rendered) throws IOException {
        Source source = template.source();
        ByteArrayInputStream text = new ByteArrayInputStream(template.text().getBytes(StandardCharsets.UTF_8));
        Optional<String> failure = template.unset()
                .missingFunction()
                .map(it -> "sealos has no function '" + it + "'")
                .or(rendered::failure);
        if (failure.isPresent()) {
            Kind kind = rendered.isEngineMissing() ? Kind.NO_ENGINE : Kind.UNREAD;
            findings.problem(kind, source.file(), 0, "the template does not render: " + failure.get());
            findings.unrenderedManifest(source, template.standard(), text);
            return;
        }
        TemplateLines lines = new TemplateLines(template.text());
        for (RenderedDocument document : rendered.documents()) {
            scan(template, document.text(), lines);
        }
        findings.replacedManifest(source, template.standard(), text);
    }

    private void scan(Template template, String text, TemplateLines lines) throws IOException {
        String[] rendered = text.split("\n", -1);
        Set<String> reported = new HashSet<>();
        new ManifestStream(
                        findings.finders(new SourcePlaces(
                                it -> template.source(),
                                it -> line(lines, rendered, it),
                                it -> template.unset().in(it).isPresent())),
                        it -> {
                            int line = line(lines, rendered, it.line());
                            Optional<String> unset =
                                    template.unset().in(it.reference().toString());
                            if (unset.isEmpty()) {
                                findings.add(it.at(line, line == 0 ? 0 : it.column()), template.source());
                            } else if (it.confidence() != Confidence.POSSIBLE) {
                                unset(template, line, unset.get(), reported);
                            }
                        },
                        (kind, number, message) -> {
                            int line = line(lines, rendered, number);
                            Optional<String> unset = template.unset().in(message);
                            if (unset.isEmpty()) {
                                findings.problem(
                                        kind, template.source().file(), line, "the template, rendered, " + message);
                            } else {
                                unset(template, line, unset.get(), reported);
                            }
                        })
                .reportingTo(findings.deployments(template.source().file()))
                .scan(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void unset(Template template, int line, String variable, Set<String> reported) {
        if (reported.add(line + " " + variable)) {
            findings.problem(
                    Kind.UNSET,
                    template.source().file(),
                    line,
                    "the image needs the variable " + variable + ", which nothing sets");
        }
    }

    private static int line(TemplateLines lines, String[] rendered, int number) {
        return number < 1 || number > rendered.length ? 0 : lines.lineOf(rendered[number - 1]);
    }

    @Override
    public void close() throws IOException {
        if (directory != null) {
            directory.close();
        }
    }
}
