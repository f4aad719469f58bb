package io.sealos.images.internal.scan;

import io.sealos.images.Confidence;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.template.TemplateFiles;
import io.sealos.images.internal.template.TemplateLines;
import io.sealos.images.internal.template.TemplateText;
import io.sealos.images.internal.template.UnsetVariables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Scans the templates among the manifests, rendered as sealos renders them before any command runs. */
public final class TemplateScan {
    private static final long MAX_SIZE = 8L * 1024 * 1024;

    private record Template(Source source, UnsetVariables unset, TemplateLines lines, List<String> rendered) {
        int line(int number) {
            return number < 1 || number > rendered.size() ? 0 : lines.lineOf(rendered.get(number - 1));
        }
    }

    private final TemplateFiles templates;
    private final ScanFindings findings;

    public TemplateScan(TemplateFiles templates, ScanFindings findings) {
        this.templates = templates;
        this.findings = findings;
    }

    /** {@return whether a file is a template that is rendered} A file without an action is an ordinary manifest. */
    static boolean isTemplate(Path file) throws IOException {
        return TemplateFiles.isTemplate(file)
                && Files.size(file) <= MAX_SIZE
                && Files.readString(file, StandardCharsets.ISO_8859_1).contains("{{");
    }

    /**
     * Scans a template.
     *
     * @param standard whether it is in the standard directory, so that sealos reads it as well
     */
    void scan(Path file, Source source, boolean standard) throws IOException {
        UnsetVariables unset = templates.unset(file);
        TemplateText rendered = templates.render(file, unset);
        if (rendered.reason().isPresent()) {
            Kind kind = rendered.engineMissing() ? Kind.NO_ENGINE : Kind.UNREAD;
            findings.problem(
                    kind,
                    source.file(),
                    rendered.line(),
                    "the template does not render: " + rendered.reason().get());
            try (InputStream text = Files.newInputStream(file)) {
                findings.unrenderedManifest(source, standard, text);
            }
            return;
        }
        scan(
                new Template(
                        source,
                        unset,
                        templates.lines(file),
                        List.of(rendered.text().split("\n", -1))),
                rendered.text());
        try (InputStream text = Files.newInputStream(file)) {
            findings.replacedManifest(source, standard, text);
        }
    }

    private void scan(Template template, String text) throws IOException {
        Set<String> reported = new HashSet<>();
        new ManifestStream(
                        findings.finders(new SourcePlaces(
                                it -> template.source(),
                                template::line,
                                it -> template.unset().in(it).isPresent())),
                        it -> {
                            int line = template.line(it.line());
                            Optional<String> unset =
                                    template.unset().in(it.reference().toString());
                            if (unset.isEmpty()) {
                                findings.add(it.at(line, line == 0 ? 0 : it.column()), template.source());
                            } else if (it.confidence() != Confidence.POSSIBLE) {
                                unset(template, line, unset.get(), reported);
                            }
                        },
                        (kind, number, message) -> {
                            int line = template.line(number);
                            Optional<String> unset = template.unset().in(message);
                            if (unset.isEmpty()) {
                                findings.problem(
                                        kind, template.source().file(), line, "the template, rendered, " + message);
                            } else {
                                unset(template, line, unset.get(), reported);
                            }
                        })
                .reportingTo(findings.objects(template.source().file(), template::line, false))
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
}
