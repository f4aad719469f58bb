package io.sealos.oci.internal.layout;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.recipe.BaseHistory;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.ScannedBase;
import java.io.IOException;
import java.time.Instant;
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
        return JsonText.object(json -> {
            json.writeStringField("created", created);
            JsonText.text(json, "author", recipe.config().author().orElse(""));
            platform(json, recipe.platform());
            json.writeObjectFieldStart("config");
            config(json, recipe.config());
            json.writeEndObject();
            rootfs(json, layers);
            history(json, plan, created);
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

    private static void rootfs(JsonGenerator json, List<LayerBlob> layers) throws IOException {
        json.writeObjectFieldStart("rootfs");
        json.writeStringField("type", "layers");
        json.writeArrayFieldStart("diff_ids");
        for (LayerBlob layer : layers) {
            json.writeString(layer.diffId().toString());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void history(JsonGenerator json, PlannedImage plan, String created) throws IOException {
        json.writeArrayFieldStart("history");
        ScannedBase base = plan.base();
        for (BaseHistory step :
                base == null ? List.<BaseHistory>of() : base.image().history()) {
            history(json, step);
        }
        for (PlannedStep step : plan.steps()) {
            json.writeStartObject();
            json.writeStringField("created", created);
            json.writeStringField("created_by", step.description());
            if (step.layer() == null) {
                json.writeBooleanField("empty_layer", true);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
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

    static byte[] manifest(Descriptor config, List<LayerBlob> layers, Map<String, String> annotations)
            throws IOException {
        return JsonText.object(json -> {
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", MediaTypes.OCI_MANIFEST);
            json.writeFieldName("config");
            descriptor(json, config, Map.of());
            json.writeArrayFieldStart("layers");
            for (LayerBlob layer : layers) {
                descriptor(json, new Descriptor(layer.mediaType(), layer.digest(), layer.size(), null), Map.of());
            }
            json.writeEndArray();
            JsonText.map(json, "annotations", annotations);
        });
    }

    static byte[] index(List<Descriptor> manifests, Map<String, String> annotations) throws IOException {
        return JsonText.object(json -> {
            json.writeNumberField("schemaVersion", 2);
            json.writeStringField("mediaType", MediaTypes.OCI_INDEX);
            json.writeArrayFieldStart("manifests");
            for (Descriptor manifest : manifests) {
                descriptor(json, manifest, Map.of());
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
