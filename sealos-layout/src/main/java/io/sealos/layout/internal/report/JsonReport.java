package io.sealos.layout.internal.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.internal.text.LimitedFile;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.Finding;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.SuppressedFinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as one JSON object, and what of it a baseline needs. */
public final class JsonReport {
    private static final int LARGEST = 64 << 20;

    private JsonReport() {}

    public static void write(LayoutReport report, Appendable out) throws IOException {
        JsonOutput.write(out, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("findings");
            for (Finding finding : report.findings()) {
                json.writeStartObject();
                write(finding, json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("suppressed");
            for (SuppressedFinding suppressed : report.suppressed()) {
                json.writeStartObject();
                write(suppressed.finding(), json);
                json.writeStringField("reason", suppressed.reason().orElse("in the baseline"));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** Rule, path and message of each finding of a written report, the accepted ones too. */
    public static List<List<String>> readKeys(Path report) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(LimitedFile.read(report, LARGEST, "it is no report of this library"));
        } catch (JsonProcessingException e) {
            throw new IOException(report + ": is no JSON report; write one with ReportFormat.JSON", e);
        }
        if (!root.path("findings").isArray()) {
            throw new IOException(report + ": has no list 'findings'; write a report with ReportFormat.JSON");
        }
        List<List<String>> keys = new ArrayList<>();
        for (String list : List.of("findings", "suppressed")) {
            root.path(list)
                    .forEach(it -> keys.add(List.of(
                            it.path("rule").asText(),
                            it.path("path").asText(),
                            it.path("message").asText())));
        }
        return keys;
    }

    private static void write(Finding finding, JsonGenerator json) throws IOException {
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
    }
}
