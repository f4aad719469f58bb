package io.sealos.images.internal.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderRequest;
import io.sealos.images.RenderedChart;
import io.sealos.images.internal.values.MergedValues;
import io.sealos.images.internal.values.ValuesException;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A copy of a chart in the work directory with the call of the engine, or the reason why there is none. */
final class PreparedChart {
    private final int number;
    private final ChartRenderRequest request;
    private final BakedNotes notes;
    private String name = "";
    private List<String> addresses = List.of();
    private @Nullable RenderedChart known;
    private boolean refused;

    private PreparedChart(int number, ChartRenderRequest request) {
        this.number = number;
        this.request = request;
        this.notes = BakedNotes.ofRandomKey();
    }

    /** {@return the chart with notes that print all templates} */
    static PreparedChart baked(Path work, int number, ChartRenderRequest request, ChartLimits limits)
            throws InterruptedIOException {
        return new PreparedChart(number, request).prepare(work, limits, true);
    }

    /** {@return the unchanged chart} */
    static PreparedChart plain(Path work, int number, ChartRenderRequest request, ChartLimits limits)
            throws InterruptedIOException {
        return new PreparedChart(number, request).prepare(work, limits, false);
    }

    private PreparedChart prepare(Path work, ChartLimits limits, boolean baked) throws InterruptedIOException {
        try {
            Path copy = EngineCall.chart(work, number);
            ChartCopy.copy(request.chart(), copy, limits.chartSize());
            YamlNode metadata = BakedNotes.metadata(copy);
            name = metadata.textOf("name");
            if (metadata.textOf("type").equals("library")) {
                known = RenderedChart.of(name, List.of(), List.of());
                return this;
            }
            addresses = ChartSchemas.prepare(copy, request);
            ApiVersions.of(request.apiVersions()).grant(copy);
            if (baked) {
                notes.bake(copy);
            }
            call(work, copy, metadata, limits).write(EngineCall.file(work, number));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | ValuesException e) {
            known = RenderedChart.failed(reason(e));
        }
        return this;
    }

    private EngineCall call(Path work, Path copy, YamlNode metadata, ChartLimits limits)
            throws IOException, ValuesException {
        MergedValues values = MergedValues.of(request.values());
        Path file = EngineCall.values(work, number);
        Files.writeString(file, values.yaml());
        String wholeNumbers = values.wholeNumbers().entrySet().stream()
                .map(it -> URLEncoder.encode(it.getKey(), UTF_8) + "=" + it.getValue())
                .collect(Collectors.joining("&"));
        return new EngineCall(
                copy,
                KubernetesVersions.candidates(request.kubernetesVersion(), metadata.textOf("kubeVersion")),
                request.releaseName(),
                request.namespace(),
                file,
                wholeNumbers,
                limits.output());
    }

    private static String reason(Exception e) {
        boolean plain = e instanceof FileSystemException file && file.getReason() == null;
        return plain ? e.getClass().getSimpleName() + ": " + e.getMessage() : String.valueOf(e.getMessage());
    }

    int number() {
        return number;
    }

    ChartRenderRequest request() {
        return request;
    }

    boolean isAsked() {
        return known == null;
    }

    /** {@return whether the engine itself gave the reason why the chart cannot be rendered} */
    boolean wasRefused() {
        return refused;
    }

    /** {@return the answer that is known without the engine} */
    RenderedChart refusal() {
        return Optional.ofNullable(known).orElseThrow();
    }

    RenderedChart result(EngineAnswer answer) {
        if (answer.outcome() != EngineAnswer.Outcome.RENDERED) {
            refused = answer.outcome() == EngineAnswer.Outcome.REFUSED;
            return RenderedChart.failed(answer.text());
        }
        try {
            return RenderedChart.of(
                            name,
                            notes.documents(answer.text()),
                            KubernetesVersions.notices(request.kubernetesVersion(), answer.version()))
                    .withAddresses(addresses);
        } catch (ChartFormatException e) {
            return RenderedChart.failed(reason(e));
        }
    }
}
