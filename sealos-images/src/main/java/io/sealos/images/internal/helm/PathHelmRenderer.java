package io.sealos.images.internal.helm;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.images.RenderedDocument;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.internal.files.ExternalProcess;
import io.sealos.internal.files.TemporaryDirectory;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Renders with the {@code helm} on the PATH, by {@code helm template}, which does not contact a cluster and prints
 * hooks.
 */
final class PathHelmRenderer implements ChartRenderer {
    private static final Pattern SOURCE = Pattern.compile("(?m)^# Source: (.+)$");

    private static final Duration POLLING = Duration.ofMillis(20);
    private static final int LONGEST_REASON = 64 * 1024;

    private final Path helm;
    private final ChartLimits limits;

    PathHelmRenderer(Path helm, ChartLimits limits) {
        this.helm = helm;
        this.limits = limits;
    }

    static Optional<PathHelmRenderer> find(String path, ChartLimits limits) {
        StringTokenizer directories = new StringTokenizer(path, File.pathSeparator);
        while (directories.hasMoreTokens()) {
            String directory = directories.nextToken();
            for (String name : List.of("helm", "helm.exe")) {
                Path file = Path.of(directory, name).toAbsolutePath();
                if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(new PathHelmRenderer(file, limits));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public RenderedChart render(ChartRenderRequest request) throws IOException {
        try (TemporaryDirectory work = TemporaryDirectory.create(EngineCall.PREFIX)) {
            return render(work.path(), request);
        } catch (ChartFormatException e) {
            return RenderedChart.failed(String.valueOf(e.getMessage()));
        }
    }

    private RenderedChart render(Path work, ChartRenderRequest request) throws IOException {
        Path copy = work.resolve("chart");
        ChartCopy.copy(request.chart(), copy, limits.chartSize());
        List<String> addresses = ChartSchemas.prepare(copy, request);
        YamlNode metadata = BakedNotes.metadata(copy);
        EngineAnswer first = null;
        for (String version :
                KubernetesVersions.candidates(request.kubernetesVersion(), metadata.textOf("kubeVersion"))) {
            EngineAnswer answer = run(work, version, command(copy, request, version));
            if (!answer.isRefusalWith(KubernetesVersions.EXCLUDED)) {
                return result(metadata.textOf("name"), request, answer).withAddresses(addresses);
            }
            first = first == null ? answer : first;
        }
        return RenderedChart.failed(first == null ? "" : first.text());
    }

    private List<String> command(Path chart, ChartRenderRequest request, String version) {
        List<String> command = new ArrayList<>(List.of(
                helm.toString(),
                "template",
                request.releaseName(),
                chart.toString(),
                "--namespace=" + request.namespace(),
                "--kube-version=" + version));
        request.apiVersions().forEach(it -> command.add("--api-versions=" + it));
        command.addAll(request.values().helmArguments());
        return command;
    }

    private EngineAnswer run(Path work, String version, List<String> command) throws IOException {
        Path out = work.resolve("out");
        Path err = work.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        CleanEnvironment.set(builder.environment(), work);
        try (ExternalProcess process = ExternalProcess.startWithoutInput(builder)) {
            String lost = await(process, out);
            if (!lost.isEmpty()) {
                return EngineAnswer.lost(lost);
            }
            return process.status() == 0
                    ? EngineAnswer.rendered(version, Files.readAllBytes(out))
                    : EngineAnswer.refused(reason(process.status(), err));
        }
    }

    /** {@return the reason why the process was ended, or an empty string} */
    private String await(ExternalProcess process, Path out) throws IOException {
        long end = System.nanoTime() + limits.time().toNanos();
        try {
            while (!process.endsWithin(POLLING)) {
                if (System.nanoTime() >= end) {
                    return "Helm did not finish within " + limits.time().toMillis() / 1000.0 + " seconds";
                }
                if (Files.size(out) > limits.output()) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a chart was rendered");
        }
        return Files.size(out) > limits.output() ? "the chart renders to more than " + limits.output() + " bytes" : "";
    }

    private static String reason(int status, Path err) throws IOException {
        String words = ExternalProcess.beginning(err, LONGEST_REASON);
        return words.isEmpty() ? "helm ended with exit code " + status : words;
    }

    private static RenderedChart result(String name, ChartRenderRequest request, EngineAnswer answer) {
        if (answer.outcome() != EngineAnswer.Outcome.RENDERED) {
            return RenderedChart.failed(answer.text());
        }
        List<RenderedDocument> documents = new ArrayList<>();
        for (String document : answer.text().split("(?m)^---$", -1)) {
            Matcher source = SOURCE.matcher(document);
            if (!document.isBlank()) {
                documents.add(
                        RenderedDocument.of(source.find() ? source.group(1).strip() : "", document));
            }
        }
        return RenderedChart.of(
                name, documents, KubernetesVersions.notices(request.kubernetesVersion(), answer.version()));
    }
}
