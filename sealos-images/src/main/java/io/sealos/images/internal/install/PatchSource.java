package io.sealos.images.internal.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.internal.install.ProgramCall.Filled;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Creates a manifest of the changes in a patch that a command applies. */
final class PatchSource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CONFIGURATION = Set.of("cm", "configmap", "configmaps", "secret", "secrets");
    private static final Set<String> OF_PODS = Set.of(
            "po",
            "pod",
            "pods",
            "deploy",
            "deployment",
            "deployments",
            "ds",
            "daemonset",
            "daemonsets",
            "sts",
            "statefulset",
            "statefulsets",
            "rs",
            "replicaset",
            "replicasets",
            "job",
            "jobs",
            "cj",
            "cronjob",
            "cronjobs",
            "svc",
            "service",
            "services",
            "sa",
            "serviceaccount",
            "node",
            "nodes",
            "no",
            "ns",
            "namespace",
            "sc",
            "storageclass",
            "pv",
            "pvc",
            "ing",
            "ingress",
            "crd",
            "crds",
            "customresourcedefinition");
    private static final Pattern INDEX = Pattern.compile("[0-9]+|-");
    private static final int LONGEST_PATH = 100;

    private final ProgramCall call;

    PatchSource(ProgramCall call) {
        this.call = call;
    }

    void readFile(String type, String name) {
        String text = Unknowns.in(name) ? null : call.run().text(call.run().path(name));
        if (text != null) {
            read(type, text);
        }
    }

    void read(String type, String patch) {
        Filled filled = call.filled(patch);
        String body = filled.text().strip();
        if (body.isEmpty()) {
            return;
        }
        String text =
                header(type) + "patch:\n  " + (body.startsWith("[") ? operations(body) : body).replace("\n", "\n  ");
        call.found().accept(new Applied.Text(call.file(), call.line(), text, filled.unknown(), false));
    }

    /** {@return the beginning of the patched object, as far as its type determines it} */
    private static String header(String type) {
        String name = type.substring(0, type.indexOf('/') < 0 ? type.length() : type.indexOf('/'))
                .toLowerCase(Locale.ROOT);
        if (CONFIGURATION.contains(name)) {
            return "apiVersion: v1\nkind: ConfigMap\n";
        }
        return OF_PODS.contains(name.substring(0, name.indexOf('.') < 0 ? name.length() : name.indexOf('.')))
                ? "apiVersion: v1\nkind: Pod\n"
                : "apiVersion: patched/v1\nkind: Patched\n";
    }

    /** {@return the operations of a JSON patch, each as an object with the changed field} */
    private static String operations(String patch) {
        try {
            StringBuilder objects = new StringBuilder();
            for (JsonNode operation : JSON.readTree(patch)) {
                String path = operation.path("path").asText();
                if (operation.has("value") && path.length() <= LONGEST_PATH * 10) {
                    objects.append("\n- ").append(object(path.split("/", -1), operation.get("value")));
                }
            }
            return objects.toString();
        } catch (JsonProcessingException e) {
            // A patch may be YAML as well, which is not converted.
            return patch;
        }
    }

    private static String object(String[] path, JsonNode value) {
        JsonNode object = value;
        for (int i = path.length - 1; i > 0 && path.length <= LONGEST_PATH; i--) {
            String key = path[i].replace("~1", "/").replace("~0", "~");
            object = INDEX.matcher(key).matches()
                    ? JSON.createArrayNode().add(object)
                    : JSON.createObjectNode().set(key, object);
        }
        return object.toString();
    }
}
