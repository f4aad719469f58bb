package io.sealos.images.internal.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.RenderedChart;
import io.sealos.images.internal.values.MergedValues;
import io.sealos.images.internal.values.ValuesException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/** A chart's copy in the work folder, with its request for the child; or the reason why there is none. */
final class PreparedChart {
    private final BakedNotes notes;
    private final String name;
    private final String kubernetesVersion;
    private final String failure;

    private PreparedChart(BakedNotes notes, String name, String kubernetesVersion, String failure) {
        this.notes = notes;
        this.name = name;
        this.kubernetesVersion = kubernetesVersion;
        this.failure = failure;
    }

    static PreparedChart prepare(Path work, int number, ChartRenderRequest request, String key) throws IOException {
        BakedNotes notes = new BakedNotes(key);
        String version = request.kubernetesVersion();
        Path copy = work.resolve(number + "-chart");
        try {
            ChartCopy.copy(request.chart(), copy);
            String name = BakedNotes.metadata(copy).textOf("name");
            notes.bake(copy);
            writeRequest(work, number, copy, request);
            return new PreparedChart(notes, name, version, "");
        } catch (ChartFormatException | ValuesException | ZipException | IllegalStateException e) {
            Files.write(WorkFolder.request(work, number), lines(work.resolve("none"), request));
            return new PreparedChart(notes, "", version, String.valueOf(e.getMessage()));
        }
    }

    private static void writeRequest(Path work, int number, Path copy, ChartRenderRequest request)
            throws IOException, ValuesException {
        MergedValues values = MergedValues.of(request.values());
        Files.writeString(WorkFolder.values(work, number), values.yaml());
        List<String> lines = new ArrayList<>(lines(copy, request));
        values.wholeNumbers().forEach((key, whole) -> lines.add(URLEncoder.encode(key, UTF_8) + "=" + whole));
        Files.write(WorkFolder.request(work, number), lines);
    }

    private static List<String> lines(Path copy, ChartRenderRequest request) {
        return List.of(copy.toString(), request.kubernetesVersion(), request.releaseName(), request.namespace());
    }

    RenderedChart result(String answer) {
        if (!failure.isEmpty()) {
            return RenderedChart.failed(failure);
        }
        if (!answer.startsWith(HelmChild.RENDERED)) {
            return RenderedChart.failed(answer.strip());
        }
        int lineEnd = answer.indexOf('\n');
        String version = answer.substring(HelmChild.RENDERED.length(), lineEnd);
        try {
            return RenderedChart.of(name, notes.documents(answer), notices(version));
        } catch (ChartFormatException e) {
            return RenderedChart.failed(String.valueOf(e.getMessage()));
        }
    }

    private List<String> notices(String version) {
        return version.equals(kubernetesVersion)
                ? List.of()
                : List.of("the chart excludes Kubernetes " + kubernetesVersion + " and was rendered for " + version
                        + ", the highest version that it allows");
    }
}
