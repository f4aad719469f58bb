package io.sealos.images.internal.helm;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.images.RenderedDocument;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Renders by a {@code helm} on the PATH: {@code helm template}, which contacts no cluster and prints hooks. */
final class PathHelmRenderer implements ChartRenderer {
    private static final long LIMIT_SECONDS = 60;
    private static final long LARGEST_OUTPUT = 256L * 1024 * 1024;
    private static final Pattern SOURCE = Pattern.compile("(?m)^# Source: (.+)$");

    private final Path helm;

    PathHelmRenderer(Path helm) {
        this.helm = helm;
    }

    static Optional<PathHelmRenderer> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String folder : path.split(File.pathSeparator, -1)) {
            for (String name : List.of("helm", "helm.exe")) {
                Path file = Path.of(folder, name).toAbsolutePath();
                if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(new PathHelmRenderer(file));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public RenderedChart render(ChartRenderRequest request) throws IOException {
        Path work = Files.createTempDirectory("sealos-charts");
        try {
            Path copy = work.resolve("chart");
            ChartCopy.copy(request.chart(), copy);
            String name = BakedNotes.metadata(copy).textOf("name");
            return run(work, name, command(copy, request));
        } catch (ChartFormatException | IllegalStateException e) {
            return RenderedChart.failed(String.valueOf(e.getMessage()));
        } finally {
            WorkFolder.delete(work);
        }
    }

    private List<String> command(Path chart, ChartRenderRequest request) {
        List<String> command = new ArrayList<>(List.of(
                helm.toString(),
                "template",
                request.releaseName(),
                chart.toString(),
                "--namespace=" + request.namespace(),
                "--kube-version=" + request.kubernetesVersion()));
        command.addAll(request.values().helmArguments());
        return command;
    }

    private static RenderedChart run(Path work, String name, List<String> command) throws IOException {
        Path out = work.resolve("out");
        Path err = work.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        scrub(builder.environment(), work);
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return RenderedChart.failed("Helm did not finish within " + LIMIT_SECONDS + " seconds");
            }
            if (process.exitValue() != 0) {
                return RenderedChart.failed(Files.readString(err).strip());
            }
            return result(name, out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a chart was rendered");
        } finally {
            process.destroyForcibly();
        }
    }

    private static void scrub(Map<String, String> environment, Path work) {
        environment.clear();
        environment.put("HOME", work.toString());
        environment.put("KUBECONFIG", "/dev/null");
    }

    private static RenderedChart result(String name, Path out) throws IOException {
        if (Files.size(out) > LARGEST_OUTPUT) {
            return RenderedChart.failed("the chart renders to more than " + LARGEST_OUTPUT + " bytes");
        }
        List<RenderedDocument> documents = new ArrayList<>();
        for (String document : Files.readString(out, StandardCharsets.UTF_8).split("(?m)^---$", -1)) {
            Matcher source = SOURCE.matcher(document);
            if (!document.isBlank()) {
                documents.add(
                        RenderedDocument.of(source.find() ? source.group(1).strip() : "", document));
            }
        }
        return RenderedChart.of(name, documents, List.of());
    }
}
