package io.sealos.images.internal.install;

import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Follows scripts, for Jazzer: whatever they are, reading ends, and throws nothing. */
public final class InstallReaderFuzzer {
    private static final KubefileEvaluation BUILD = Kubefile.parse(
                    "FROM scratch\nENV A=b\nCOPY . .\nCMD [\"bash run.sh $A\"]\n")
            .evaluate(BuildOptions.defaults());

    private final Path context;

    private InstallReaderFuzzer(Path context) {
        this.context = context;
    }

    private static final InstallReaderFuzzer ONE = create();

    private static InstallReaderFuzzer create() {
        try {
            Path context = Files.createTempDirectory("fuzz");
            Files.createDirectories(context.resolve("charts/a"));
            Files.writeString(context.resolve("charts/a/Chart.yaml"), "name: a\n");
            return new InstallReaderFuzzer(context);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(ONE.context.resolve("run.sh"), input);
        InstallReader.read(ONE.context, BUILD, it -> Optional.empty());
    }
}
