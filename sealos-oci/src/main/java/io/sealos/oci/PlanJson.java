package io.sealos.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.sealos.images.ImageReference;
import io.sealos.images.ScanProblem;
import io.sealos.kubefile.SourceRange;
import io.sealos.kubefile.Stage;
import io.sealos.layout.Finding;
import io.sealos.oci.internal.layout.ImageDocuments;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the parts of a plan as properties of a JSON object. */
final class PlanJson {
    private final JsonGenerator json;

    private PlanJson(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the properties of an object. */
    @FunctionalInterface
    interface Properties {
        void writeTo(PlanJson json) throws IOException;
    }

    static String object(Properties properties) {
        StringWriter text = new StringWriter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            json.writeStartObject();
            properties.writeTo(new PlanJson(json));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
        return text.toString();
    }

    /** Writes one element of a list. */
    private interface Element<T> {
        void write(T element) throws IOException;
    }

    private <T> void list(String name, List<T> elements, Element<T> writer) throws IOException {
        json.writeArrayFieldStart(name);
        for (T element : elements) {
            writer.write(element);
        }
        json.writeEndArray();
    }

    private <T> void objects(String name, List<T> elements, Element<T> properties) throws IOException {
        list(name, elements, element -> {
            json.writeStartObject();
            properties.write(element);
            json.writeEndObject();
        });
    }

    void tags(List<ImageReference> tags) throws IOException {
        list("tags", tags, tag -> json.writeString(tag.toString()));
    }

    void created(Instant created) throws IOException {
        json.writeStringField("created", created.toString());
    }

    void annotations(Map<String, String> annotations) throws IOException {
        json.writeObjectFieldStart("annotations");
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            json.writeStringField(annotation.getKey(), annotation.getValue());
        }
        json.writeEndObject();
    }

    void platforms(List<PlatformPlan> plans) throws IOException {
        objects("platforms", plans, this::platform);
    }

    void images(Map<ImageReference, List<String>> images) throws IOException {
        objects("images", List.copyOf(images.keySet()), image -> image(image, images.getOrDefault(image, List.of())));
    }

    void problems(String name, List<ScanProblem> problems) throws IOException {
        objects(name, problems, this::problem);
    }

    void findings(List<Finding> findings) throws IOException {
        objects("findings", findings, this::finding);
    }

    private void platform(PlatformPlan plan) throws IOException {
        json.writeStringField("platform", plan.platform().toString());
        objects("stages", plan.stages(), this::stage);
        if (!plan.unreadBases().isEmpty()) {
            list("unreadBases", plan.unreadBases(), json::writeString);
        }
        json.writeObjectFieldStart("config");
        ImageDocuments.config(json, plan.config());
        json.writeEndObject();
        objects("layers", plan.layers(), this::layer);
    }

    private void stage(Stage stage) throws IOException {
        json.writeNumberField("index", stage.index());
        optional("name", stage.name());
        json.writeStringField("from", stage.base());
    }

    private void layer(PlannedLayer layer) throws IOException {
        json.writeStringField("instruction", layer.instruction());
        json.writeBooleanField("savedImages", layer.hasSavedImages());
        json.writeNumberField("size", layer.size());
        objects("files", layer.files(), this::file);
    }

    private void file(PlannedFile file) throws IOException {
        json.writeStringField("path", file.path());
        json.writeStringField("type", file.type());
        json.writeStringField("mode", String.format(Locale.ROOT, "%04o", file.mode()));
        json.writeStringField("owner", file.owner());
        if (file.type().equals("file")) {
            json.writeNumberField("size", file.size());
        }
        optional("target", file.target());
    }

    private void image(ImageReference image, List<String> askedAt) throws IOException {
        json.writeStringField("reference", image.toString());
        list("askedAt", askedAt, json::writeString);
    }

    private void problem(ScanProblem problem) throws IOException {
        json.writeStringField("kind", problem.kind().name());
        json.writeStringField("file", problem.file());
        json.writeNumberField("line", problem.line());
        json.writeStringField("message", problem.message());
        json.writeStringField("fix", problem.fix());
    }

    private void finding(Finding finding) throws IOException {
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

    private void optional(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}
