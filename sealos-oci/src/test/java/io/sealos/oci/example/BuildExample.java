package io.sealos.oci.example;

import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.layout.Finding;
import io.sealos.oci.BuildLayer;
import io.sealos.oci.BuildPlan;
import io.sealos.oci.BuildResult;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ClusterImageBuilder;
import io.sealos.oci.OciLayout;
import io.sealos.oci.OciLayoutVerifier;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds the cluster image of the example, and shows each step. */
public final class BuildExample {
    private static final String TAG = "labring/nginx:v1.25.3";

    private final ExampleOptions options;
    private final PrintStream out;

    BuildExample(ExampleOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs the example.
     *
     * @param arguments see {@link ExampleOptions#USAGE}
     */
    public static void main(String[] arguments) throws IOException {
        new BuildExample(ExampleOptions.parse(List.of(arguments)), System.out).run();
    }

    void run() throws IOException {
        BuildPlan plan = request().build().plan();
        showPlan(plan);
        Path work = Files.createDirectories(options.output());
        if (options.realRegistries()) {
            build(RegistryAccess.defaults(), work);
            return;
        }
        try (InProcessRegistry standIn = InProcessRegistry.start()) {
            for (ImageReference image : plan.images()) {
                standIn.putImage(image.toString());
            }
            build(standIn.access(), work);
        }
    }

    private ClusterImageBuilder request() {
        return ClusterImage.builder().context(options.context()).tag(TAG);
    }

    private void build(RegistryAccess access, Path work) throws IOException {
        out.println("\nSaving, and writing a layout");
        ClusterImage image = request()
                .registryAccess(access)
                .contentStore(work.resolve("store"))
                .listener(out::println)
                .build();
        Path layout = work.resolve("layout");
        BuildResult result = image.writeTo(OciLayout.directory(layout));
        out.println("\nWriting an archive; what was saved is at hand");
        Path archive = work.resolve("nginx.tar");
        image.writeTo(OciLayout.archive(archive));
        OciLayoutVerifier.verify(layout).orThrow();
        showResult(result, layout, archive);
    }

    private void showPlan(BuildPlan plan) {
        out.println("Found, and why");
        for (ImageReference image : plan.images()) {
            out.println("  " + image);
            plan.inventory().occurrences(image).stream()
                    .map(BuildExample::reason)
                    .distinct()
                    .forEach(out::println);
        }
        plan.findings().stream().map(Finding::toString).forEach(out::println);
    }

    private static String reason(ImageOccurrence occurrence) {
        String place = occurrence.template().orElse(occurrence.file()) + ":" + occurrence.line();
        String hook = occurrence.hook().map(name -> ", hook " + name).orElse("");
        return "      " + place + "  " + occurrence.path() + " (" + occurrence.finder() + hook + ")";
    }

    private void showResult(BuildResult result, Path layout, Path archive) throws IOException {
        out.println("\nWritten, and verified");
        for (BuildLayer layer : result.layers()) {
            out.printf("  %s %,9d bytes  %s%n", layer.digest(), layer.size(), layer.description());
        }
        out.println("  digest  " + result.digest());
        out.println("  layout  " + layout);
        out.printf("  archive %s (%,d bytes)%n", archive, Files.size(archive));
        out.println("\nLoad it");
        out.println("  sealos load -i " + archive + " && sealos run docker.io/" + TAG);
        out.println("  skopeo copy oci:" + layout + ":docker.io/" + TAG + " docker://YOUR.REGISTRY/" + TAG);
    }
}
