package io.sealos.images;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.internal.json.PrettyJson;
import io.sealos.internal.overlay.ReportedPath;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Writes an inventory as JSON. */
final class InventoryJson {
    static final int VERSION = 1;

    private InventoryJson() {}

    static String write(ImageInventory inventory) {
        Set<ImageReference> saved = Set.copyOf(inventory.references());
        return PrettyJson.object(json -> {
            json.writeNumberField("version", VERSION);
            if (!inventory.directories().equals(List.of(ReportedPath.SINGLE))) {
                PrettyJson.texts(json, "directories", inventory.directories());
            }
            PrettyJson.objects(json, "images", inventory.all(), (out, image) -> {
                out.writeStringField("reference", image.toString());
                out.writeBooleanField("saved", saved.contains(image));
                PrettyJson.objects(out, "occurrences", inventory.occurrences(image), InventoryJson::occurrence);
            });
            PrettyJson.objects(json, "scenarios", inventory.scenarios(), InventoryJson::scenario);
            PrettyJson.objects(json, "problems", inventory.problems(), InventoryJson::problem);
            PrettyJson.texts(json, "notices", inventory.notices());
            PrettyJson.objects(json, "commandNeeds", inventory.commandNeeds(), InventoryJson::need);
            PrettyJson.objects(json, "siteNeeds", inventory.siteNeeds(), InventoryJson::siteNeed);
            json.writeBooleanField("testHooks", inventory.savesTestHooks());
            json.writeObjectFieldStart("sealos");
            compat(json, inventory.sealosCompat());
            json.writeEndObject();
            if (inventory.whatIf().isPresent()) {
                json.writeObjectFieldStart("whatIf");
                whatIf(json, inventory.whatIf().get());
                json.writeEndObject();
            }
        });
    }

    private static void whatIf(JsonGenerator json, WhatIf whatIf) throws IOException {
        json.writeNumberField("tried", whatIf.tried());
        PrettyJson.objects(json, "switches", whatIf.switches(), InventoryJson::chartSwitch);
        PrettyJson.objects(json, "undetermined", whatIf.undetermined(), InventoryJson::chartSwitch);
        PrettyJson.texts(json, "leftOut", whatIf.leftOut());
    }

    private static void chartSwitch(JsonGenerator json, ChartSwitch it) throws IOException {
        json.writeStringField("chart", it.chart());
        json.writeStringField("chartName", it.choice().chartName());
        json.writeStringField("key", it.key());
        json.writeStringField("value", it.value());
        json.writeBooleanField("text", it.choice().isText());
        json.writeStringField("file", it.file());
        json.writeNumberField("line", it.line());
        json.writeStringField("option", it.setting().option().flag());
        json.writeStringField("argument", it.setting().argument());
        PrettyJson.texts(json, "scenarios", it.scenarios());
        PrettyJson.texts(json, "images", names(it.images()));
        json.writeStringField("failure", it.failure().orElse(""));
    }

    private static void need(JsonGenerator json, CommandNeed need) throws IOException {
        json.writeStringField("file", need.file());
        json.writeNumberField("line", need.line());
        json.writeStringField("name", need.name());
        json.writeStringField("path", need.path().orElse(""));
        json.writeBooleanField("there", need.isThere());
        json.writeStringField("source", need.source().orElse(""));
    }

    private static void siteNeed(JsonGenerator json, SiteNeed need) throws IOException {
        json.writeStringField("kind", need.kind().name());
        json.writeStringField("file", need.file());
        json.writeNumberField("line", need.line());
        json.writeStringField("object", need.object());
        json.writeStringField("address", need.address());
        json.writeStringField("version", need.version());
        json.writeStringField(
                "artifact", need.artifact().map(ImageReference::toString).orElse(""));
    }

    private static void compat(JsonGenerator json, SealosCompat compat) throws IOException {
        PrettyJson.texts(json, "images", compat.images());
        PrettyJson.texts(json, "missed", names(compat.missed()));
        PrettyJson.objects(json, "inventions", compat.inventions(), (out, invention) -> {
            out.writeStringField("image", invention.image());
            out.writeStringField("place", invention.place());
            out.writeStringField("reason", invention.reason());
        });
        PrettyJson.texts(json, "failures", compat.failures());
        PrettyJson.texts(json, "archives", compat.archives());
        json.writeBooleanField("endless", compat.isEndless());
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
        PrettyJson.texts(json, "replaced", occurrence.replaced());
        json.writeStringField("hook", occurrence.hook().orElse(""));
        json.writeStringField("finder", occurrence.finder());
        json.writeStringField("reason", occurrence.reason().orElse(""));
        json.writeStringField("confidence", occurrence.confidence().name());
        json.writeStringField("ignoredBy", occurrence.ignoredBy().orElse(""));
        json.writeStringField("storage", occurrence.storage().name());
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
