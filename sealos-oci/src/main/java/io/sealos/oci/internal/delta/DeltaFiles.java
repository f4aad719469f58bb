package io.sealos.oci.internal.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.kubefile.ContainerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The names of the files, labels and annotations of a delta image. */
public final class DeltaFiles {
    /** The directory in the image. */
    public static final String DIRECTORY = "sealos-delta";

    public static final String GUARD = DIRECTORY + "/guard.sh";
    public static final String NEEDS = DIRECTORY + "/needs";
    public static final String RECORD = DIRECTORY + "/full.json";

    /** The label and annotation with the digests of the bases, separated by commas. */
    public static final String BASE = "io.sealos.delta.base";
    /** The label and annotation with the number of blobs that were left out. */
    public static final String BLOBS = "io.sealos.delta.blobs";
    /** The label and annotation with the digest of the full image. */
    public static final String FULL = "io.sealos.delta.full";

    /** The description of the layer in the history. */
    public static final String DESCRIPTION = "sealos delta: guard";

    // It is in ENTRYPOINT because commands of a Clusterfile replace CMD. sealos joins commands with semicolons.
    private static final String COMMAND = "bash " + GUARD + " || exit 1";

    private DeltaFiles() {}

    /**
     * {@return whether the configuration of an image is that of a delta image} No other image can be made of one: the
     * guard would check only what one image needs, and the full image would not be that of the label.
     */
    public static boolean isDelta(JsonNode config) {
        return config.path("config").path("Labels").hasNonNull(FULL);
    }

    /** {@return a configuration with the guard as the first command} */
    public static ContainerConfig guarded(ContainerConfig config) {
        List<String> commands = new ArrayList<>(List.of(COMMAND));
        commands.addAll(config.entrypoint());
        return config.toBuilder().entrypoint(commands).build();
    }

    /** {@return the script that checks whether the registry of the site has what the image needs} */
    public static byte[] guard() {
        try (InputStream script =
                Objects.requireNonNull(DeltaFiles.class.getResourceAsStream("guard.sh"), "guard.sh")) {
            return script.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
