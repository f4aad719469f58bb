package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageScanner;
import io.sealos.images.ScanSession;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.LayoutValidator;
import io.sealos.layout.ReportFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The results of checking, scanning, planning and building a context, by which contexts are compared. */
record ContextResult(List<String> report, List<String> images, List<String> plan, String digest) {
    static ContextResult of(Path context, Path out) throws IOException {
        return of(context, out, FileModes.AS_FOUND);
    }

    static ContextResult of(Path context, Path out, FileModes modes) throws IOException {
        try (ScanSession session = ImageScanner.builder().build().openSession()) {
            return of(context, out, modes, session.scanner());
        }
    }

    private static ContextResult of(Path context, Path out, FileModes modes, ImageScanner scanner) throws IOException {
        LayoutReport report = LayoutValidator.builder().scanner(scanner).build().validate(context);
        ClusterImage image = builder(context).fileModes(modes).scanner(scanner).build();
        BuildResult done = image.writeTo(OciLayout.directory(out));
        OciLayoutVerifier.verify(out).orThrow();
        return new ContextResult(
                json(report).lines().toList(),
                lines(scanner.scan(context)),
                image.plan().toJson().lines().toList(),
                done.digest().toString());
    }

    static ClusterImageBuilder builder(Path context) {
        return ClusterImage.builder()
                .context(context)
                .tag("labring/app:v1")
                .compression(LayerCompression.NONE)
                .saveImages(false);
    }

    private static String json(LayoutReport report) throws IOException {
        StringBuilder json = new StringBuilder();
        report.writeTo(json, ReportFormat.JSON);
        return json.toString();
    }

    private static List<String> lines(ImageInventory inventory) {
        List<String> lines = new ArrayList<>();
        inventory.occurrences().forEach(it -> lines.add(it.toString()));
        inventory.problems().forEach(it -> lines.add(it.toString()));
        return lines;
    }
}
