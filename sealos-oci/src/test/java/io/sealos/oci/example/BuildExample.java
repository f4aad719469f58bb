package io.sealos.oci.example;

import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.images.WhatIfLimits;
import io.sealos.layout.Finding;
import io.sealos.oci.BuildPlan;
import io.sealos.oci.BuildResult;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.ClusterImageBuilder;
import io.sealos.oci.ConsoleProgress;
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
    private final ConsoleProgress.Style style;

    BuildExample(ExampleOptions options, PrintStream out, ConsoleProgress.Style style) {
        this.options = options;
        this.out = out;
        this.style = style;
    }

    /**
     * Runs the example.
     *
     * @param arguments see {@link ExampleOptions#USAGE}
     */
    public static void main(String[] arguments) throws IOException {
        new BuildExample(ExampleOptions.parse(List.of(arguments)), System.out, ConsoleProgress.Style.ofProcess()).run();
    }

    void run() throws IOException {
        BuildPlan plan = request().scanner(scanner()).build().plan();
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

    /** Returns the scanner of the plan, which also tries other values of the charts if that is asked for. */
    private ImageScanner scanner() {
        ImageScanner.Builder scanner = ImageScanner.builder();
        return (options.whatIf() ? scanner.whatIf(WhatIfLimits.defaults()) : scanner).build();
    }

    private ClusterImageBuilder request() {
        return ClusterImage.builder().context(options.context()).tag(TAG);
    }

    /** Writes a layout, and then an archive, for which the images are in the content store already. */
    private void build(RegistryAccess access, Path work) throws IOException {
        Path layout = work.resolve("layout");
        Path archive = work.resolve("nginx.tar");
        BuildResult result;
        try (ConsoleProgress console = ConsoleProgress.to(out, style)) {
            ClusterImage image = request()
                    .registryAccess(access)
                    .contentStore(work.resolve("store"))
                    .listener(console)
                    .build();
            result = image.writeTo(OciLayout.directory(layout));
            image.writeTo(OciLayout.archive(archive));
        }
        OciLayoutVerifier.verify(layout).orThrow();
        Files.writeString(work.resolve("images.lock"), result.lock().toJson());
        showResult(result, archive);
    }

    private void showPlan(BuildPlan plan) {
        out.println("Found " + plan.images().size() + " images:");
        for (ImageReference image : plan.images()) {
            ImageOccurrence first = plan.inventory().occurrences(image).get(0);
            Path file = Path.of(first.template().orElse(first.file())).getFileName();
            out.printf("  %-58s %s%n", image, file + ":" + first.line());
        }
        plan.inventory().whatIf().ifPresent(it -> out.print("\nWith other values:\n" + it.toText()));
        for (Finding finding : plan.findings()) {
            String place = finding.path()
                    + finding.range().map(range -> ":" + range.start()).orElse("");
            out.println(place + ": " + finding.ruleId() + " (" + finding.severity() + ")");
        }
    }

    private void showResult(BuildResult result, Path archive) throws IOException {
        out.println("\nWritten, and verified:");
        out.println("digest  " + result.digest());
        out.printf("archive %s (%,d bytes)%n", archive, Files.size(archive));
        out.println("load it with");
        out.println("  sealos load -i " + archive);
        out.println("  sealos run docker.io/" + TAG);
    }
}
