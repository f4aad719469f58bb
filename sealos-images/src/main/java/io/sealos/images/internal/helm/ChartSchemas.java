package io.sealos.images.internal.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealos.images.ChartRenderRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Prepares the values schemas in the copy of a chart and of its dependencies. Helm would fetch their remote references.
 */
final class ChartSchemas {
    private static final String FILE = "values.schema.json";
    /** Invalid JSON, with which Helm reports a schema that cannot be read here. */
    private static final String UNREADABLE = "{";

    private ChartSchemas() {}

    /**
     * Removes the remote references of each schema, or the schemas themselves.
     *
     * @return the references that Helm would fetch, each with its file and address
     */
    static List<String> prepare(Path chart, ChartRenderRequest request) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (Path schema : all(chart)) {
            if (request.isSchemaSkipped()) {
                Files.delete(schema);
            } else {
                String file =
                        chart.relativize(schema).toString().replace('\\', '/').replace(".unpacked/", "/");
                detach(schema).forEach(it -> addresses.add(file + " refers to " + it));
            }
        }
        return addresses;
    }

    private static List<String> detach(Path schema) throws IOException {
        String source = new String(Files.readAllBytes(schema), UTF_8);
        if (DetachedSchema.isDetached(source)) {
            return List.of();
        }
        try {
            DetachedSchema detached = DetachedSchema.of(source);
            Files.writeString(schema, detached.text());
            return detached.addresses();
        } catch (ChartFormatException e) {
            Files.writeString(schema, UNREADABLE);
            return List.of();
        }
    }

    private static List<Path> all(Path chart) throws IOException {
        List<Path> schemas = new ArrayList<>();
        Path own = chart.resolve(FILE);
        if (Files.isRegularFile(own)) {
            schemas.add(own);
        }
        for (Path dependency : ChartCopy.dependencies(chart)) {
            schemas.addAll(all(dependency));
        }
        return schemas;
    }
}
