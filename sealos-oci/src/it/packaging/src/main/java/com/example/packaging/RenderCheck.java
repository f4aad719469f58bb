package com.example.packaging;

import io.sealos.images.ChartRenderer;
import io.sealos.images.ChartRenderers;
import io.sealos.images.ImageScanner;
import io.sealos.oci.BuildPlan;
import io.sealos.oci.ClusterImage;
import java.nio.file.Path;

/** Plans a cluster image whose one image only a rendered chart has. */
public final class RenderCheck {
    private static final String IMAGE = "registry.example/app:4.2";

    private RenderCheck() {}

    /**
     * Fails if the image is not found.
     *
     * @param arguments the context directory, and {@code child} or {@code inProcess}; or both where neither is given
     */
    public static void main(String... arguments) throws Exception {
        Path context = Path.of(arguments[0]);
        String how = arguments.length > 1 ? arguments[1] : "";
        if (!how.equals("inProcess")) {
            check(context, ChartRenderers.childProcess());
        }
        if (!how.equals("child")) {
            check(context, ChartRenderers.inProcess());
        }
    }

    private static void check(Path context, ChartRenderer renderer) throws Exception {
        BuildPlan plan = ClusterImage.builder()
                .context(context)
                .tag("registry.example/cluster:1")
                .scanner(ImageScanner.builder().chartRenderer(renderer).build())
                .build()
                .plan();
        if (plan.images().stream().noneMatch(it -> it.toString().contains(IMAGE))) {
            throw new IllegalStateException(IMAGE + " is not among " + plan.images() + "; " + plan.findings());
        }
    }
}
