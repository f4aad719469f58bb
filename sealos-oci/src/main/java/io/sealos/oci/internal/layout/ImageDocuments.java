package io.sealos.oci.internal.layout;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.images.Digest;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.recipe.BaseHistory;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.ScannedBase;
import io.sealos.oci.internal.tree.ScannedLayer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Creates configurations, manifests and indexes, with their properties in the order of the specification. */
public final class ImageDocuments {
    private ImageDocuments() {}

    static byte[] config(ImageRecipe recipe, PlannedImage plan, List<LayerBlob> layers) throws IOException {
        String created = Instant.ofEpochSecond(recipe.createdEpochSecond()).toString();
        List<Digest> diffIds = layers.stream().map(LayerBlob::diffId).toList();
        return document(recipe.platform(), recipe.config(), created, diffIds, history(plan, created));
    }

    /**
     * Creates a configuration.
     *
     * @param created the time of the image, such as {@code 1970-01-01T00:00:00Z}
     * @param history the history, with one entry that is not empty for each layer
     */
    public static StoredDocument config(
            Platform platform,
            ContainerConfig config,
            String created,
            List<ScannedLayer> layers,
            List<BaseHistory> history)
            throws IOException {
        List<Digest> diffIds =
                layers.stream().map(layer -> layer.layer().diffId()).toList();
        return new StoredDocument(MediaTypes.OCI_CONFIG, document(platform, config, created, diffIds, history));
    }

    private static byte[] document(
            Platform platform, ContainerConfig config, String created, List<Digest> diffIds, List<BaseHistory> history)
            throws IOException {
        return JsonText.object(json -> {
            json.writeStringField("created", created);
            JsonText.text(json, "author", config.author().orElse(""));
            platform(json, platform);
            json.writeObjectFieldStart("config");
            config(json, config);
            json.writeEndObject();
            rootfs(json, diffIds);
            json.writeArrayFieldStart("history");
            for (BaseHistory step : history) {
                history(json, step);
            }
            json.writeEndArray();
        });
    }

    private static void platform(JsonGenerator json, Platform platform) throws IOException {
        json.writeStringField("architecture", platform.architecture());
        json.writeStringField("os", platform.os());
        JsonText.text(json, "variant", platform.variant().orElse(null));
    }

    /**
     * Writes the properties of {@code config} that are not empty. Except for lists and the environment, values are
     * sorted.
     */
    public static void config(JsonGenerator json, ContainerConfig config) throws IOException {
        JsonText.text(json, "User", config.user().orElse(""));
        JsonText.set(json, "ExposedPorts", new TreeSet<>(config.exposedPorts()));
        JsonText.list(
                json,
                "Env",
                config.env().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList());
        JsonText.list(json, "Entrypoint", config.entrypoint());
        JsonText.list(json, "Cmd", config.cmd());
        JsonText.set(json, "Volumes", new TreeSet<>(config.volumes()));
        JsonText.text(json, "WorkingDir", config.workingDir().orElse(""));
        JsonText.map(json, "Labels", new TreeMap<>(config.labels()));
        JsonText.text(json, "StopSignal", config.stopSignal().orElse(""));
    }

    private static void rootfs(JsonGenerator json, List<Digest> diffIds) throws IOException {
        json.writeObjectFieldStart("rootfs");
        json.writeStringField("type", "layers");
        json.writeArrayFieldStart("diff_ids");
        for (Digest diffId : diffIds) {
            json.writeString(diffId.toString());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static List<BaseHistory> history(PlannedImage plan, String created) {
        ScannedBase base = plan.base();
        List<BaseHistory> history =
                new ArrayList<>(base == null ? List.of() : base.image().history());
        for (PlannedStep step : plan.steps()) {
            history.add(new BaseHistory(created, step.description(), "", "", step.layer() == null));
        }
        return history;
    }

    private static void history(JsonGenerator json, BaseHistory step) throws IOException {
        json.writeStartObject();
        JsonText.text(json, "created", step.created());
        JsonText.text(json, "created_by", step.createdBy());
        JsonText.text(json, "author", step.author());
        JsonText.text(json, "comment", step.comment());
        if (step.emptyLayer()) {
            json.writeBooleanField("empty_layer", true);
        }
        json.writeEndObject();
    }

    /** Creates the manifest of layers that were written. */
    static byte[] manifestOf(Descriptor config, List<LayerBlob> layers, Map<String, String> annotations)
            throws IOException {
        List<Descriptor> descriptors = layers.stream()
                .map(layer -> new Descriptor(layer.mediaType(), layer.digest(), layer.size(), null))
                .toList();
        return manifest(config, descriptors, annotations);
    }

    static byte[] manifest(Descriptor config, List<Descriptor> layers, Map<String, String> annotations)
            throws IOException {
        return JsonText.object(json -> {
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", MediaTypes.OCI_MANIFEST);
            json.writeFieldName("config");
            descriptor(json, config, Map.of());
            json.writeArrayFieldStart("layers");
            for (Descriptor layer : layers) {
                descriptor(json, layer, Map.of());
            }
            json.writeEndArray();
            JsonText.map(json, "annotations", annotations);
        });
    }

    static byte[] index(List<WrittenManifest> manifests, Map<String, String> annotations) throws IOException {
        return JsonText.object(json -> {
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", MediaTypes.OCI_INDEX);
            json.writeArrayFieldStart("manifests");
            for (WrittenManifest manifest : manifests) {
                descriptor(json, manifest.descriptor(), manifest.annotations());
            }
            json.writeEndArray();
            JsonText.map(json, "annotations", annotations);
        });
    }

    static void descriptor(JsonGenerator json, Descriptor descriptor, Map<String, String> annotations)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("mediaType", descriptor.mediaType());
        json.writeStringField("digest", descriptor.digest().toString());
        json.writeNumberField("size", descriptor.size());
        @Nullable Platform platform = descriptor.platform();
        if (platform != null) {
            json.writeObjectFieldStart("platform");
            platform(json, platform);
            json.writeEndObject();
        }
        JsonText.map(json, "annotations", annotations);
        json.writeEndObject();
    }
}
