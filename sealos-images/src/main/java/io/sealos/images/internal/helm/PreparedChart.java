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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a chart in the work directory with the call of the engine, or the reason why there is none. Calls with
 * other values may share the copy, which the engine only reads.
 */
final class PreparedChart {
    private final int number;
    private final ChartRenderRequest request;
    private final BakedNotes notes;
    private @Nullable Path copy;
    private String name = "";
    private String kubeVersion = "";
    private List<String> addresses = List.of();
    private @Nullable RenderedChart known;
    private boolean refused;

    private PreparedChart(int number, ChartRenderRequest request, BakedNotes notes) {
        this.number = number;
        this.request = request;
        this.notes = notes;
    }

    /** {@return the chart with notes that print all templates} */
    static PreparedChart baked(Path work, int number, ChartRenderRequest request, ChartLimits limits)
            throws InterruptedIOException {
        return new PreparedChart(number, request, BakedNotes.ofRandomKey()).prepare(work, limits, true);
    }

    /** {@return the unchanged chart} */
    static PreparedChart plain(Path work, int number, ChartRenderRequest request, ChartLimits limits)
            throws InterruptedIOException {
        return new PreparedChart(number, request, BakedNotes.ofRandomKey()).prepare(work, limits, false);
    }

    /**
     * {@return a call for the copy of this chart, which has been prepared}
     *
     * @param other a request for the same chart, which differs in its values, release or Kubernetes version
     */
    PreparedChart withRequest(Path work, int otherNumber, ChartRenderRequest other, ChartLimits limits)
            throws InterruptedIOException {
        PreparedChart prepared = new PreparedChart(otherNumber, other, notes);
        prepared.name = name;
        prepared.kubeVersion = kubeVersion;
        prepared.addresses = addresses;
        try {
            prepared.write(work, Objects.requireNonNull(copy), limits);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | ValuesException e) {
            prepared.known = RenderedChart.failed(reason(e));
        }
        return prepared;
    }

    private PreparedChart prepare(Path work, ChartLimits limits, boolean baked) throws InterruptedIOException {
        try {
            Path target = EngineCall.chart(work, number);
            ChartCopy.copy(request.chart(), target, limits.chartSize());
            YamlNode metadata = BakedNotes.metadata(target);
            name = metadata.textOf("name");
            kubeVersion = metadata.textOf("kubeVersion");
            if (metadata.textOf("type").equals("library")) {
                known = RenderedChart.of(name, List.of(), List.of());
                return this;
            }
            addresses = ChartSchemas.prepare(target, request);
            ApiVersions.of(request.apiVersions()).grant(target);
            if (baked) {
                notes.bake(target);
            }
            write(work, target, limits);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | ValuesException e) {
            known = RenderedChart.failed(reason(e));
        }
        return this;
    }

    private void write(Path work, Path target, ChartLimits limits) throws IOException, ValuesException {
        copy = target;
        call(work, target, limits).write(EngineCall.file(work, number));
    }

    private EngineCall call(Path work, Path target, ChartLimits limits) throws IOException, ValuesException {
        MergedValues values = MergedValues.of(request.values());
        Path file = EngineCall.values(work, number);
        Files.writeString(file, values.yaml());
        String wholeNumbers = values.wholeNumbers().entrySet().stream()
                .map(it -> URLEncoder.encode(it.getKey(), UTF_8) + "=" + it.getValue())
                .collect(Collectors.joining("&"));
        return new EngineCall(
                target,
                KubernetesVersions.candidates(request.kubernetesVersion(), kubeVersion),
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
