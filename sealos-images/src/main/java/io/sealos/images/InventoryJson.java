package io.sealos.images;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.images.internal.json.PrettyJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The JSON form of an inventory. */
final class InventoryJson {
    private static final int VERSION = 1;

    private InventoryJson() {}

    static String write(ImageInventory inventory) {
        Set<ImageReference> saved = Set.copyOf(inventory.references());
        return PrettyJson.object(json -> {
            json.writeNumberField("version", VERSION);
            PrettyJson.objects(json, "images", byReference(inventory).entrySet(), (out, image) -> {
                out.writeStringField("reference", image.getKey().toString());
                out.writeBooleanField("saved", saved.contains(image.getKey()));
                PrettyJson.objects(out, "occurrences", image.getValue(), InventoryJson::occurrence);
            });
            PrettyJson.objects(json, "problems", inventory.problems(), InventoryJson::problem);
            PrettyJson.texts(json, "notices", inventory.notices());
        });
    }

    private static Map<ImageReference, List<ImageOccurrence>> byReference(ImageInventory inventory) {
        Map<ImageReference, List<ImageOccurrence>> images = new TreeMap<>();
        for (ImageOccurrence occurrence : inventory.occurrences()) {
            images.computeIfAbsent(occurrence.reference(), it -> new ArrayList<>())
                    .add(occurrence);
        }
        return images;
    }

    private static void occurrence(JsonGenerator json, ImageOccurrence occurrence) throws IOException {
        json.writeStringField("file", occurrence.file());
        json.writeNumberField("line", occurrence.line());
        json.writeNumberField("column", occurrence.column());
        json.writeStringField("path", occurrence.path());
        json.writeStringField("chart", occurrence.chart().orElse(""));
        json.writeStringField("template", occurrence.template().orElse(""));
        json.writeStringField("hook", occurrence.hook().orElse(""));
        json.writeStringField("finder", occurrence.finder());
        json.writeStringField("confidence", occurrence.confidence().name());
        json.writeStringField("ignoredBy", occurrence.ignoredBy().orElse(""));
    }

    private static void problem(JsonGenerator json, ScanProblem problem) throws IOException {
        json.writeStringField("file", problem.file());
        json.writeNumberField("line", problem.line());
        json.writeStringField("message", problem.message());
    }
}
