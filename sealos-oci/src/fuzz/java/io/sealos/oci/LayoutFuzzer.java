package io.sealos.oci;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads layouts, for Jazzer: each document and the layer in turn is the input, and all digests fit. */
public final class LayoutFuzzer {
    private LayoutFuzzer() {}

    /** Called by Jazzer: the first byte says what the rest is. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] content = Arrays.copyOfRange(input, 1, input.length);
        Path directory = Files.createTempDirectory("fuzz");
        try {
            HandMadeLayout layout = new HandMadeLayout(directory.resolve("layout"));
            layout(layout, input[0] & 3, content);
            VerificationReport report = OciLayoutVerifier.verify(layout.directory());
            if (report.toString().indexOf('\u001b') >= 0) {
                throw new AssertionError("a control character in a message");
            }
            inspect(OciLayout.directory(layout.directory()));
        } finally {
            delete(directory);
        }
    }

    private static void layout(HandMadeLayout layout, int kind, byte[] content) throws IOException {
        switch (kind) {
            case 0 -> Files.write(layout.directory().resolve("index.json"), content);
            case 1 -> layout.index(layout.store(MediaTypes.OCI_MANIFEST, content));
            case 2 -> {
                String config = layout.store(MediaTypes.OCI_CONFIG, content);
                layout.index(layout.store(
                        MediaTypes.OCI_MANIFEST, "{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[]}"));
            }
            default -> layout.index(layout.image(MediaTypes.OCI_LAYER, content, Digests.sha256(content)));
        }
    }

    private static void inspect(ImageSource source) {
        try {
            ClusterImage.inspect(source).problems();
        } catch (IOException | ImageChoiceException e) {
            if (String.valueOf(e.getMessage()).indexOf('\u001b') >= 0) {
                throw new AssertionError("a control character in a message", e);
            }
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> all = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }
}
