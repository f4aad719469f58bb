package io.sealos.images.internal.install;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.internal.install.ProgramCall.Filled;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.List;

/** Creates manifests of the objects that kubectl creates or changes from its arguments alone. */
final class ObjectSource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProgramCall call;
    private final CommandLine line;

    ObjectSource(ProgramCall call, CommandLine line) {
        this.call = call;
        this.line = line;
    }

    /** Reads {@code kubectl create configmap} with its literals and files. */
    void configMap() {
        ObjectNode map = object("ConfigMap");
        ObjectNode data = map.putObject("data");
        line.all("from-literal").forEach(it -> put(data, it));
        line.all("from-file").forEach(it -> file(data, it));
        for (String name : line.all("from-env-file")) {
            String text = text(name);
            text.lines().filter(it -> !it.startsWith("#")).forEach(it -> put(data, it));
        }
        apply(map);
    }

    private static void put(ObjectNode data, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals > 0) {
            data.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
    }

    /** Adds a file under its own name or a given one, or the files of a directory. */
    private void file(ObjectNode data, String argument) {
        String name = argument.substring(argument.indexOf('=') + 1);
        String path = call.run().path(name);
        if (!Unknowns.in(name) && call.run().files().isDirectory(path)) {
            for (String entry : call.run().files().names(path)) {
                data.put(entry, text(name + "/" + entry));
            }
        } else {
            String key = argument.substring(0, Math.max(0, argument.indexOf('=')));
            data.put(key.isEmpty() ? ImagePath.name(path) : key, text(name));
        }
    }

    private String text(String name) {
        String text = Unknowns.in(name) ? null : call.run().text(call.run().path(name));
        return text == null ? "" : text;
    }

    /** Reads {@code kubectl set env} with the variables for containers. */
    void environment(List<String> assignments) {
        ObjectNode pod = object("Pod");
        ArrayNode variables =
                pod.putObject("spec").putArray("containers").addObject().putArray("env");
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                variables
                        .addObject()
                        .put("name", assignment.substring(0, equals))
                        .put("value", assignment.substring(equals + 1));
            }
        }
        apply(pod);
    }

    private static ObjectNode object(String kind) {
        return JSON.createObjectNode().put("apiVersion", "v1").put("kind", kind);
    }

    private void apply(ObjectNode object) {
        Filled filled = call.filled(object.toPrettyString());
        call.found().accept(new Applied.Text(call.file(), call.line(), filled.text(), filled.unknown(), false));
    }
}
