package io.sealos.images;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.internal.json.PrettyJson;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Writes an inventory as JSON. */
final class InventoryJson {
    private static final int VERSION = 1;

    private InventoryJson() {}

    static String write(ImageInventory inventory) {
        Set<ImageReference> saved = Set.copyOf(inventory.references());
        return PrettyJson.object(json -> {
            json.writeNumberField("version", VERSION);
            PrettyJson.objects(json, "images", inventory.all(), (out, image) -> {
                out.writeStringField("reference", image.toString());
                out.writeBooleanField("saved", saved.contains(image));
                PrettyJson.objects(out, "occurrences", inventory.occurrences(image), InventoryJson::occurrence);
            });
            PrettyJson.objects(json, "scenarios", inventory.scenarios(), InventoryJson::scenario);
            PrettyJson.objects(json, "problems", inventory.problems(), InventoryJson::problem);
            PrettyJson.texts(json, "notices", inventory.notices());
        });
    }

    private static void occurrence(JsonGenerator json, ImageOccurrence occurrence) throws IOException {
        json.writeStringField("file", occurrence.file());
        json.writeNumberField("line", occurrence.line());
        json.writeNumberField("column", occurrence.column());
        json.writeStringField("path", occurrence.path());
        json.writeStringField("chart", occurrence.chart().orElse(""));
        json.writeStringField("template", occurrence.template().orElse(""));
        PrettyJson.texts(json, "scenarios", occurrence.scenarios());
        PrettyJson.texts(json, "commands", occurrence.commands());
        json.writeStringField("hook", occurrence.hook().orElse(""));
        json.writeStringField("finder", occurrence.finder());
        json.writeStringField("confidence", occurrence.confidence().name());
        json.writeStringField("ignoredBy", occurrence.ignoredBy().orElse(""));
    }

    private static void scenario(JsonGenerator json, RenderedScenario scenario) throws IOException {
        json.writeStringField("name", scenario.name());
        json.writeStringField("file", scenario.file());
        PrettyJson.texts(json, "references", names(scenario.references()));
        PrettyJson.texts(json, "added", names(scenario.added()));
    }

    private static List<String> names(List<ImageReference> references) {
        return references.stream().map(ImageReference::toString).toList();
    }

    private static void problem(JsonGenerator json, ScanProblem problem) throws IOException {
        json.writeStringField("kind", problem.kind().name());
        json.writeStringField("file", problem.file());
        json.writeNumberField("line", problem.line());
        json.writeStringField("message", problem.message());
        json.writeStringField("fix", problem.fix());
        json.writeBooleanField("gap", problem.isGap());
    }
}
