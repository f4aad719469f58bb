package io.sealos.oci;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.images.ChartSwitch;
import io.sealos.images.Digest;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageReference;
import io.sealos.images.ScanProblem;
import io.sealos.images.SiteNeed;
import io.sealos.images.WhatIf;
import io.sealos.internal.json.PrettyJson;
import io.sealos.kubefile.SourceRange;
import io.sealos.kubefile.Stage;
import io.sealos.layout.Finding;
import io.sealos.oci.internal.layout.ImageDocuments;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the parts of a plan as properties of a JSON object. */
final class PlanJson {
    private PlanJson() {}

    /** Writes the properties of the plan as a whole. */
    static void head(JsonGenerator json, List<ImageReference> tags, Instant created, Map<String, String> annotations)
            throws IOException {
        PrettyJson.texts(
                json, "tags", tags.stream().map(ImageReference::toString).toList());
        json.writeStringField("created", created.toString());
        json.writeObjectFieldStart("annotations");
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            json.writeStringField(annotation.getKey(), annotation.getValue());
        }
        json.writeEndObject();
    }

    static void platforms(JsonGenerator json, List<PlatformPlan> plans) throws IOException {
        PrettyJson.objects(json, "platforms", plans, PlanJson::platform);
    }

    static void images(JsonGenerator json, String name, Map<ImageReference, List<String>> images) throws IOException {
        PrettyJson.objects(
                json, name, images.keySet(), (out, image) -> image(out, image, images.getOrDefault(image, List.of())));
    }

    static void delta(JsonGenerator json, List<Digest> bases, Optional<String> notice) throws IOException {
        if (!bases.isEmpty()) {
            PrettyJson.texts(
                    json, "deltaBases", bases.stream().map(Digest::toString).toList());
        }
        if (notice.isPresent()) {
            json.writeStringField("deltaNotice", notice.get());
        }
    }

    static void problems(JsonGenerator json, String name, List<ScanProblem> problems) throws IOException {
        PrettyJson.objects(json, name, problems, PlanJson::problem);
    }

    static void findings(JsonGenerator json, List<Finding> findings) throws IOException {
        PrettyJson.objects(json, "findings", findings, PlanJson::finding);
    }

    private static void platform(JsonGenerator json, PlatformPlan plan) throws IOException {
        json.writeStringField("platform", plan.platform().toString());
        PrettyJson.objects(json, "stages", plan.stages(), PlanJson::stage);
        if (!plan.unreadBases().isEmpty()) {
            PrettyJson.texts(json, "unreadBases", plan.unreadBases());
        }
        json.writeObjectFieldStart("config");
        ImageDocuments.config(json, plan.config());
        json.writeEndObject();
        PrettyJson.objects(json, "layers", plan.layers(), PlanJson::layer);
    }

    private static void stage(JsonGenerator json, Stage stage) throws IOException {
        json.writeNumberField("index", stage.index());
        optional(json, "name", stage.name());
        json.writeStringField("from", stage.base());
    }

    private static void layer(JsonGenerator json, PlannedLayer layer) throws IOException {
        json.writeStringField("instruction", layer.instruction());
        json.writeBooleanField("savedImages", layer.hasSavedImages());
        json.writeNumberField("size", layer.size());
        PrettyJson.objects(json, "files", layer.files(), PlanJson::file);
    }

    private static void file(JsonGenerator json, PlannedFile file) throws IOException {
        json.writeStringField("path", file.path());
        json.writeStringField("type", file.type().name().toLowerCase(Locale.ROOT));
        json.writeStringField("mode", String.format(Locale.ROOT, "%04o", file.mode()));
        json.writeStringField("owner", file.owner());
        if (file.type() == FileType.FILE) {
            json.writeNumberField("size", file.size());
        }
        optional(json, "target", file.target());
    }

    private static void image(JsonGenerator json, ImageReference image, List<String> askedAt) throws IOException {
        json.writeStringField("reference", image.toString());
        PrettyJson.texts(json, "askedAt", askedAt);
    }

    private static void problem(JsonGenerator json, ScanProblem problem) throws IOException {
        json.writeStringField("kind", problem.kind().name());
        json.writeStringField("file", problem.file());
        json.writeNumberField("line", problem.line());
        json.writeStringField("message", problem.message());
        json.writeStringField("fix", problem.fix());
    }

    /** Writes what controllers fetch at the site, and the images that other values of charts would need, if known. */
    static void needs(JsonGenerator json, ImageInventory inventory) throws IOException {
        if (!inventory.siteNeeds().isEmpty()) {
            PrettyJson.objects(json, "siteNeeds", inventory.siteNeeds(), PlanJson::siteNeed);
        }
        if (inventory.whatIf().isPresent()) {
            WhatIf whatIf = inventory.whatIf().get();
            json.writeObjectFieldStart("whatIf");
            json.writeNumberField("tried", whatIf.tried());
            PrettyJson.objects(json, "switches", whatIf.switches(), PlanJson::chartSwitch);
            PrettyJson.objects(json, "undetermined", whatIf.undetermined(), PlanJson::chartSwitch);
            PrettyJson.texts(json, "leftOut", whatIf.leftOut());
            json.writeEndObject();
        }
    }

    private static void siteNeed(JsonGenerator json, SiteNeed need) throws IOException {
        json.writeStringField("kind", need.kind().name());
        json.writeStringField("file", need.file());
        json.writeNumberField("line", need.line());
        json.writeStringField("object", need.object());
        json.writeStringField("address", need.address());
        json.writeStringField("version", need.version());
        json.writeStringField("fix", need.fix());
    }

    private static void chartSwitch(JsonGenerator json, ChartSwitch it) throws IOException {
        json.writeStringField("chart", it.chart());
        json.writeStringField("key", it.key());
        json.writeStringField("value", it.value());
        json.writeStringField("file", it.file());
        json.writeNumberField("line", it.line());
        json.writeStringField("option", it.setting().option().flag());
        json.writeStringField("argument", it.setting().argument());
        PrettyJson.texts(json, "scenarios", it.scenarios());
        PrettyJson.texts(
                json,
                "images",
                it.images().stream().map(ImageReference::toString).toList());
        optional(json, "failure", it.failure());
    }

    private static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStringField("rule", finding.ruleId());
        json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("path", finding.path());
        Optional<SourceRange> range = finding.range();
        if (range.isPresent()) {
            json.writeNumberField("line", range.get().start().line());
        }
        json.writeStringField("message", finding.message());
        json.writeStringField("fix", finding.fix());
    }

    private static void optional(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}
