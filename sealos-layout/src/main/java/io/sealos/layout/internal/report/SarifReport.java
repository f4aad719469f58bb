package io.sealos.layout.internal.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.internal.json.PrettyJson;
import io.sealos.internal.text.Printable;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.Finding;
import io.sealos.layout.KubefileEdit;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import io.sealos.layout.SuppressedFinding;
import io.sealos.layout.internal.rule.StandardRules;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a report as <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>. */
public final class SarifReport {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String PROJECT = "https://github.com/sealos-java/sealos-java";
    private static final String PAGES = PROJECT + "/blob/main/sealos-layout/docs/rules/";
    private static final String ROOT = "SRCROOT";

    private final List<LayoutRule> rules;
    private final Function<Finding, Artifact> artifacts;
    private final JsonGenerator json;
    /** The numbers of results with the same rule, path and identity so far. */
    private final Map<String, Integer> fingerprints = new HashMap<>();

    private SarifReport(List<LayoutRule> rules, Function<Finding, Artifact> artifacts, JsonGenerator json) {
        this.rules = rules;
        this.artifacts = artifacts;
        this.json = json;
    }

    /**
     * Writes a log with one run, which has the rules and a result for each finding. The accepted findings come last. As
     * code hosts require it, each result is at a line of a file.
     *
     * @param artifacts returns the file at which a finding is shown
     * @throws IOException if {@code out} fails
     */
    public static void write(LayoutReport report, Function<Finding, Artifact> artifacts, Appendable out)
            throws IOException {
        out.append(PrettyJson.object(json -> {
            json.writeStringField("$schema", SCHEMA);
            json.writeStringField("version", "2.1.0");
            PrettyJson.single(json, "runs", run -> new SarifReport(report.rules(), artifacts, run).writeRun(report));
        }));
    }

    private void writeRun(LayoutReport report) throws IOException {
        writeTool();
        writeRoot();
        if (!report.notices().isEmpty()) {
            PrettyJson.single(json, "invocations", invocation -> writeNotices(report.notices()));
        }
        json.writeStringField("columnKind", "unicodeCodePoints");
        json.writeArrayFieldStart("results");
        for (Finding finding : report.findings()) {
            writeResult(finding, null);
        }
        for (SuppressedFinding accepted : report.suppressed()) {
            writeResult(accepted.finding(), accepted);
        }
        json.writeEndArray();
    }

    /** Declares the directory to which the paths are relative. Its address is left to the reader of the log. */
    private void writeRoot() throws IOException {
        json.writeObjectFieldStart("originalUriBaseIds");
        json.writeObjectFieldStart(ROOT);
        writeText("description", "The directory to which all paths are relative.");
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeNotices(List<String> notices) throws IOException {
        json.writeBooleanField("executionSuccessful", true);
        PrettyJson.objects(json, "toolConfigurationNotifications", notices, (out, notice) -> {
            out.writeStringField("level", "warning");
            writeText("message", notice);
        });
    }

    private void writeTool() throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "sealos-layout");
        json.writeStringField("informationUri", PROJECT);
        PrettyJson.objects(json, "rules", rules, (out, rule) -> writeRule(rule));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeRule(LayoutRule rule) throws IOException {
        json.writeStringField("id", rule.id());
        writeText("shortDescription", rule.summary());
        if (StandardRules.ALL.stream().anyMatch(it -> it.id().equals(rule.id()))) {
            json.writeStringField("helpUri", PAGES + rule.id() + ".md");
        }
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", level(rule.severity()));
        json.writeEndObject();
    }

    private void writeResult(Finding finding, @Nullable SuppressedFinding suppressed) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", finding.ruleId());
        json.writeNumberField("ruleIndex", ruleIndex(finding));
        json.writeStringField("level", level(finding.severity()));
        writeText("message", hiddenPlace(finding) + finding.message() + "; " + finding.fix());
        PrettyJson.single(json, "locations", location -> writeLocation(finding));
        writeFingerprint(finding);
        if (finding.edit().isPresent()) {
            KubefileEdit edit = finding.edit().get();
            PrettyJson.single(json, "fixes", fix -> writeFix(finding, edit));
        }
        if (suppressed != null) {
            PrettyJson.single(json, "suppressions", suppression -> writeSuppression(suppressed));
        }
        json.writeEndObject();
    }

    /**
     * Writes the identity of the finding, by which a code host recognizes it in a later log although lines have moved.
     */
    private void writeFingerprint(Finding finding) throws IOException {
        String text = String.join("\n", finding.ruleId(), finding.path(), finding.identity());
        int number = fingerprints.merge(text, 1, Integer::sum);
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField(
                "finding/v1", UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)) + ":" + number);
        json.writeEndObject();
    }

    private int ruleIndex(Finding finding) {
        List<String> ids = rules.stream().map(LayoutRule::id).toList();
        return ids.indexOf(finding.ruleId());
    }

    /** {@return the path of a finding that is shown at a file elsewhere, with a colon; else nothing} */
    private String hiddenPlace(Finding finding) {
        boolean isShown = artifacts.apply(finding).inside().isAt(finding.path());
        return isShown ? "" : Printable.of(finding.path()) + ": ";
    }

    private void writeLocation(Finding finding) throws IOException {
        Artifact artifact = artifacts.apply(finding).inside();
        json.writeObjectFieldStart("physicalLocation");
        writeArtifact(artifact.file());
        if (artifact.range() != null) {
            writeRegion("region", artifact.range());
        } else {
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", 1);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeArtifact(String path) throws IOException {
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", uri(path));
        json.writeStringField("uriBaseId", ROOT);
        json.writeEndObject();
    }

    private void writeRegion(String name, SourceRange range) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("startLine", range.start().line());
        json.writeNumberField("startColumn", range.start().column());
        json.writeNumberField("endLine", range.end().line());
        json.writeNumberField("endColumn", range.end().column());
        json.writeEndObject();
    }

    private void writeFix(Finding finding, KubefileEdit edit) throws IOException {
        writeText("description", finding.fix());
        PrettyJson.single(json, "artifactChanges", change -> {
            writeArtifact(artifacts.apply(finding).inside().file());
            PrettyJson.single(json, "replacements", replacement -> {
                writeRegion("deletedRegion", edit.range());
                writeText("insertedContent", edit.text());
            });
        });
    }

    private void writeSuppression(SuppressedFinding suppressed) throws IOException {
        json.writeStringField("kind", suppressed.reason().isPresent() ? "inSource" : "external");
        json.writeStringField("justification", suppressed.reason().orElse(JsonReport.IN_BASELINE));
    }

    private void writeText(String name, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    /** {@return the path as a relative URI} Each segment is encoded separately, so the slashes are kept. */
    private static String uri(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
