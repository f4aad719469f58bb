package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks SARIF against what GitHub's code scanning requires of a log. */
final class CodeScanning {
    private CodeScanning() {}

    /** {@return the results of a report in SARIF, after all requirements were checked} */
    static List<JsonNode> results(LayoutReport report) throws IOException {
        StringBuilder text = new StringBuilder();
        report.writeTo(text, ReportFormat.SARIF);
        JsonNode log = new ObjectMapper().readTree(text.toString());
        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        assertThat(log.path("$schema").asText()).isNotBlank();
        assertThat(log.path("runs")).hasSize(1);
        JsonNode run = log.path("runs").path(0);
        assertThat(run.at("/tool/driver/name").asText()).isNotBlank();
        JsonNode rules = run.at("/tool/driver/rules");
        List<JsonNode> results = new ArrayList<>();
        Set<String> fingerprints = new HashSet<>();
        for (JsonNode result : run.path("results")) {
            assertThat(rules.path(result.path("ruleIndex").asInt(-1)).path("id"))
                    .isEqualTo(result.path("ruleId"));
            assertThat(result.path("level").asText()).isIn("note", "warning", "error");
            assertThat(result.at("/message/text").asText()).isNotBlank();
            assertThat(fingerprints.add(
                            result.at("/partialFingerprints/finding~1v1").asText()))
                    .isTrue();
            assertThat(result.path("locations")).hasSize(1);
            checkPlace(result.at("/locations/0/physicalLocation"));
            result.path("fixes")
                    .forEach(fix -> checkAddress(
                            fix.at("/artifactChanges/0/artifactLocation/uri").asText()));
            results.add(result);
        }
        return results;
    }

    private static void checkPlace(JsonNode place) {
        checkAddress(place.at("/artifactLocation/uri").asText());
        assertThat(place.at("/artifactLocation/uriBaseId").asText()).isEqualTo("SRCROOT");
        JsonNode region = place.path("region");
        int line = region.path("startLine").asInt();
        assertThat(line).isPositive();
        assertThat(region.path("endLine").asInt(line)).isGreaterThanOrEqualTo(line);
        int column = region.path("startColumn").asInt(1);
        assertThat(column).isPositive();
        if (region.path("endLine").asInt(line) == line) {
            assertThat(region.path("endColumn").asInt(column)).isGreaterThanOrEqualTo(column);
        }
    }

    /** Checks that an address is that of a file below the root: relative, without a trailing slash or dots. */
    private static void checkAddress(String text) {
        URI address = URI.create(text);
        assertThat(address.isAbsolute()).isFalse();
        assertThat(address.getAuthority()).isNull();
        assertThat(address.getRawPath())
                .isEqualTo(text)
                .isNotEmpty()
                .doesNotStartWith("/")
                .doesNotEndWith("/");
        assertThat(address.getPath().split("/", -1)).isNotEmpty().doesNotContain("", ".", "..");
    }
}
