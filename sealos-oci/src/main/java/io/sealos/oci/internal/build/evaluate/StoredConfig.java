package io.sealos.oci.internal.build.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sealos.kubefile.ContainerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the stored configuration of an image as a {@link ContainerConfig}. */
public final class StoredConfig {
    private StoredConfig() {}

    /** {@return the configuration, without properties that are not understood} */
    public static ContainerConfig read(JsonNode document) {
        JsonNode config = field(document, "config");
        ContainerConfig.Builder read = ContainerConfig.builder()
                .entrypoint(list(field(config, "Entrypoint")))
                .cmd(list(field(config, "Cmd")))
                .user(field(config, "User").asText(""))
                .workingDir(field(config, "WorkingDir").asText(""))
                .stopSignal(field(config, "StopSignal").asText(""))
                .author(field(document, "author").asText(""))
                .onBuild(list(field(config, "OnBuild")));
        list(field(config, "Env")).forEach(variable -> addVariable(variable, read));
        field(config, "Labels")
                .properties()
                .forEach(label -> read.label(label.getKey(), label.getValue().asText("")));
        field(config, "ExposedPorts").fieldNames().forEachRemaining(read::exposedPort);
        field(config, "Volumes").fieldNames().forEachRemaining(read::volume);
        return read.build();
    }

    /** Returns a field, preferably with exactly this name, otherwise in any case, as the engines read names. */
    private static JsonNode field(JsonNode object, String name) {
        if (object.has(name)) {
            return object.path(name);
        }
        return object.properties().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static void addVariable(String variable, ContainerConfig.Builder read) {
        int equals = variable.indexOf('=');
        if (equals > 0) {
            read.env(variable.substring(0, equals), variable.substring(equals + 1));
        }
    }

    private static List<String> list(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText("")));
        return words;
    }
}
