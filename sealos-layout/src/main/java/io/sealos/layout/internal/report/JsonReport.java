package io.sealos.layout.internal.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.internal.files.PlacedException;
import io.sealos.internal.json.PrettyJson;
import io.sealos.internal.text.LimitedFile;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.Finding;
import io.sealos.layout.SuppressedFinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a report as a JSON object, and reads the parts of it that a baseline needs. */
public final class JsonReport {
    /** The reason of a finding that the baseline accepts. */
    public static final String IN_BASELINE = "in the baseline";

    private static final int LARGEST = 64 << 20;

    private JsonReport() {}

    /**
     * Writes one object with the lists {@code findings}, {@code suppressed}, {@code directories} and {@code notices}.
     *
     * @param directories the directories of the report, relative to the common one
     * @throws IOException if {@code out} fails
     */
    public static void write(
            List<Finding> findings,
            List<SuppressedFinding> suppressed,
            List<String> directories,
            List<String> notices,
            Appendable out)
            throws IOException {
        out.append(PrettyJson.object(json -> {
            PrettyJson.objects(json, "findings", findings, JsonReport::write);
            PrettyJson.objects(json, "suppressed", suppressed, (it, accepted) -> {
                write(it, accepted.finding());
                it.writeStringField("reason", accepted.reason().orElse(IN_BASELINE));
            });
            PrettyJson.texts(json, "directories", directories);
            PrettyJson.texts(json, "notices", notices);
        }));
    }

    /**
     * {@return the parts of a report that a baseline needs}
     *
     * @throws IOException if the file cannot be read or is not such a report
     */
    public static KnownFindings read(Path report) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(LimitedFile.read(report, LARGEST, "it is not a report of this library"));
        } catch (JsonProcessingException e) {
            throw PlacedException.at(report, ": is not a JSON report; write the report as JSON (ReportFormat.JSON)", e);
        }
        if (!root.path("findings").isArray()) {
            throw PlacedException.at(report, ": has no list 'findings'; write the report as JSON (ReportFormat.JSON)");
        }
        List<List<String>> keys = new ArrayList<>();
        root.path("findings").forEach(it -> keys.add(key(it)));
        for (JsonNode accepted : root.path("suppressed")) {
            // A comment accepts its finding itself, and would leave its place to an equal one without a comment.
            if (accepted.path("reason").asText().equals(IN_BASELINE)) {
                keys.add(key(accepted));
            }
        }
        List<String> directories = new ArrayList<>();
        root.path("directories").forEach(it -> directories.add(it.asText()));
        return new KnownFindings(directories, keys);
    }

    private static List<String> key(JsonNode finding) {
        return List.of(
                finding.path("rule").asText(),
                finding.path("path").asText(),
                finding.path("identity").asText());
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStringField("rule", finding.ruleId());
        json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("path", finding.path());
        if (finding.range().isPresent()) {
            SourceRange range = finding.range().get();
            json.writeNumberField("line", range.start().line());
            json.writeNumberField("column", range.start().column());
            json.writeNumberField("endLine", range.end().line());
            json.writeNumberField("endColumn", range.end().column());
        }
        json.writeStringField("message", finding.message());
        json.writeStringField("fix", finding.fix());
        json.writeStringField("identity", finding.identity());
    }
}
