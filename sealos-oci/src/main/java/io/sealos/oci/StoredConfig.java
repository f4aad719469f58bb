package io.sealos.oci;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.kubefile.ContainerConfig;
import java.util.ArrayList;
import java.util.List;

/** The stored configuration of an image, in the words of the Kubefile's module. */
final class StoredConfig {
    private StoredConfig() {}

    static ContainerConfig read(JsonNode document) {
        JsonNode config = document.path("config");
        ContainerConfig.Builder read = ContainerConfig.builder()
                .entrypoint(list(config.path("Entrypoint")))
                .cmd(list(config.path("Cmd")))
                .user(config.path("User").asText(""))
                .workingDir(config.path("WorkingDir").asText(""))
                .stopSignal(config.path("StopSignal").asText(""))
                .author(document.path("author").asText(""));
        list(config.path("Env")).forEach(variable -> addVariable(variable, read));
        config.path("Labels")
                .properties()
                .forEach(label -> read.label(label.getKey(), label.getValue().asText("")));
        config.path("ExposedPorts").fieldNames().forEachRemaining(read::exposedPort);
        config.path("Volumes").fieldNames().forEachRemaining(read::volume);
        return read.build();
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
