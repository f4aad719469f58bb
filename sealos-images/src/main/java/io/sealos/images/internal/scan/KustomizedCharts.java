package io.sealos.images.internal.scan;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartValues;
import io.sealos.images.RenderedChart;
import io.sealos.images.internal.kustomize.ChartEngine;
import io.sealos.internal.files.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Renders the charts of kustomizations with the options of a scan. */
final class KustomizedCharts implements ChartEngine {
    private static final int MOST = 200;

    private final ChartOptions options;
    private final Path context;
    private int calls;

    KustomizedCharts(ChartOptions options, Path context) {
        this.context = context;
        this.options = options;
    }

    @Override
    public RenderedChart render(Call call) throws IOException {
        if (++calls > MOST) {
            return RenderedChart.failed("the kustomizations have more than " + MOST + " charts");
        }
        ChartOptions.requireCacheOutside(context);
        try (TemporaryDirectory directory = TemporaryDirectory.create("sealos-scan-")) {
            List<Path> values = new ArrayList<>();
            for (String text : call.values()) {
                values.add(Files.writeString(directory.path().resolve("values-" + values.size() + ".yaml"), text));
            }
            return options.renderer().render(request(call, ChartValues.files(values)));
        }
    }

    private ChartRenderRequest request(Call call, ChartValues values) {
        String version = call.kubernetesVersion();
        return ChartRenderRequest.of(call.chart(), values, version.isEmpty() ? options.kubernetesVersion() : version)
                .withRelease(call.release(), call.namespace())
                .withApiVersions(Stream.concat(options.apiVersions().stream(), call.apiVersions().stream())
                        .toList());
    }
}
