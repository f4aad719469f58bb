package io.sealos.oci.benchmark;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds the same three layers with jib-core, without a cache of earlier builds. */
final class JibBuild {
    private JibBuild() {}

    public static void main(String[] arguments) throws Exception {
        Path context = Path.of(arguments[0]);
        Path output = Path.of(arguments[1]);
        JibContainerBuilder image = Jib.fromScratch().setFormat(ImageFormat.OCI);
        for (String directory : List.of("registry", "charts", "opt")) {
            image.addFileEntriesLayer(FileEntriesLayer.builder()
                    .setName(directory)
                    .addEntryRecursive(context.resolve(directory), AbsoluteUnixPath.get("/" + directory))
                    .build());
        }
        Path cache = Files.createDirectory(output.resolveSibling("jib-cache"));
        image.containerize(
                Containerizer.to(TarImage.at(output).named("registry.example/benchmark:1"))
                        .setApplicationLayersCache(cache)
                        .setBaseImageLayersCache(cache));
    }
}
