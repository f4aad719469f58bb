package io.sealos.images.internal.template;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.internal.template.TemplateFault;
import io.sealos.internal.template.TemplateSyntax;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Renders templates as sealos does, with the chart engine. */
final class TemplateEngine implements AutoCloseable {
    private static final Set<String> OF_THE_HOST = Set.of("env", "expandenv", "getHostByName");
    private static final Set<String> VARYING = Set.of(
            "ago",
            "bcrypt",
            "buildCustomCert",
            "date",
            "dateInZone",
            "date_in_zone",
            "encryptAES",
            "genCA",
            "genCAWithKey",
            "genPrivateKey",
            "genSelfSignedCert",
            "genSelfSignedCertWithKey",
            "genSignedCert",
            "genSignedCertWithKey",
            "htmlDate",
            "htmlDateInZone",
            "htpasswd",
            "now",
            "randAlpha",
            "randAlphaNum",
            "randAscii",
            "randBytes",
            "randInt",
            "randNumeric",
            "shuffle",
            "uuidv4");
    private static final String BOM = "\uFEFF";
    /** The largest file that Helm reads in a chart. */
    private static final int LARGEST = 5 << 20;

    private final ChartRenderer renderer;
    private final Function<Path, ChartRenderRequest> requests;
    private final Map<String, String> environment;
    private @Nullable TemporaryDirectory directory;
    private int charts;

    TemplateEngine(
            ChartRenderer renderer, Function<Path, ChartRenderRequest> requests, Map<String, String> environment) {
        this.renderer = renderer;
        this.requests = requests;
        this.environment = environment;
    }

    /**
     * {@return the text of a template}
     *
     * @param template the template
     * @param earlier the definitions of the templates that sealos parses before it
     */
    TemplateText render(String template, String earlier) throws IOException {
        boolean marked = template.startsWith(BOM);
        String source = marked ? template.substring(1) : template;
        Optional<TemplateFault> fault = TemplateSyntax.of(source).fault();
        if (fault.isPresent()) {
            int line = 1
                    + (int) source.substring(0, fault.get().at())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            return failed(fault.get().reason(), line);
        }
        if (!source.contains("{{")) {
            return new TemplateText(template, "", 0, false, new TreeSet<>());
        }
        if (source.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            return failed("it is larger than " + LARGEST + " bytes", 0);
        }
        RewrittenTemplate rewritten = new RewrittenTemplate(source, environment.keySet());
        Set<String> ofHost = new TreeSet<>(rewritten.functions());
        ofHost.retainAll(OF_THE_HOST);
        if (!ofHost.isEmpty()) {
            return failed(
                    "it calls " + String.join(", ", ofHost) + ", whose result depends on the host at the site", 0);
        }
        TemplateText text = render(rewritten, earlier);
        return marked && text.reason().isEmpty()
                ? new TemplateText(BOM + text.text(), "", 0, false, text.varying())
                : text;
    }

    private static TemplateText failed(String reason, int line) {
        return new TemplateText("", reason, line, false, new TreeSet<>());
    }

    /**
     * {@return the text of a rewritten template} A template that uses the environment as a whole, and fields that are
     * not set where the dot is not known, is rendered with the environment in both forms, which must give one text.
     */
    private TemplateText render(RewrittenTemplate template, String earlier) throws IOException {
        SortedSet<String> varying = new TreeSet<>(template.functions());
        varying.retainAll(VARYING);
        TemplateText text = render(new TemplateChart(template.text(), earlier, template.usesWhole()), varying);
        if (!template.usesWhole() || !template.usesUnknown() || text.reason().isPresent()) {
            return text;
        }
        TemplateText other = render(new TemplateChart(template.text(), earlier, false), varying);
        return other.text().equals(text.text())
                ? text
                : failed(
                        "it uses the environment as a whole, and fields of it that are not set; use only its fields",
                        0);
    }

    private TemplateText render(TemplateChart chart, SortedSet<String> varying) throws IOException {
        AddressFunctions functions = new AddressFunctions();
        RenderedChart rendered = render(chart, functions);
        while (rendered.failure().filter(functions::answer).isPresent()) {
            rendered = render(chart, functions);
        }
        if (rendered.failure().isEmpty()) {
            return TemplateChart.text(rendered)
                    .map(it -> new TemplateText(it, "", 0, false, varying))
                    .orElseGet(() -> failed("the chart engine returned no text for it", 0));
        }
        String failure = rendered.failure().get();
        String reason = functions.reason(failure).orElseGet(() -> TemplateChart.reason(failure));
        return new TemplateText("", reason, TemplateChart.line(failure), rendered.isEngineMissing(), varying);
    }

    private RenderedChart render(TemplateChart chart, AddressFunctions functions) throws IOException {
        if (directory == null) {
            directory = TemporaryDirectory.create("sealos-scan-");
        }
        Path written = directory.path().resolve("template-" + charts++);
        chart.write(written, functions.definition(), environment);
        return renderer.renderAll(List.of(requests.apply(written))).get(0);
    }

    @Override
    public void close() {
        if (directory != null) {
            directory.close();
        }
    }
}
