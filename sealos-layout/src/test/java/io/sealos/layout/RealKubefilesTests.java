package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kubefiles of public collections, where they are at hand; their contexts are not. */
class RealKubefilesTests {
    /** The rules whose findings depend on the files of the context, which are not recorded. */
    private static final Set<String> NEED_CONTEXT = Set.of("copy-source-missing", "command-file-missing");

    @TempDir
    Path context;

    @Test
    void validateWhenItIsAnOfficialRootfsFindsNoError() throws IOException {
        for (JsonNode record : records("labring-actions/runtime")) {
            assertThat(validate(record).findings())
                    .as(record.path("id").asText())
                    .noneMatch(finding -> finding.severity() == Severity.ERROR);
        }
    }

    @Test
    void validateWhenItIsAPublicApplicationFindsNoErrorInIt() throws IOException {
        for (JsonNode record : records("labring-actions/cluster-image")) {
            assertThat(validate(record).findings())
                    .as(record.path("id").asText())
                    .filteredOn(finding -> !NEED_CONTEXT.contains(finding.ruleId()))
                    .noneMatch(finding -> finding.severity() == Severity.ERROR);
        }
    }

    private LayoutReport validate(JsonNode record) throws IOException {
        Files.writeString(context.resolve("Kubefile"), record.path("kubefile").asText());
        return LayoutValidator.standard().validate(context);
    }

    private static List<JsonNode> records(String repository) throws IOException {
        Optional<Path> directory = directory();
        assumeThat(directory).as("recorded Kubefiles").isPresent();
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> records = new ArrayList<>();
        for (String line : Files.readAllLines(directory.orElseThrow().resolve("real.jsonl"))) {
            JsonNode record = json.readTree(line);
            if (record.path("source").path("repo").asText().equals(repository)) {
                records.add(record);
            }
        }
        return records;
    }

    private static Optional<Path> directory() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path records = at.resolve("shared/conformance/kubefile");
            if (Files.isDirectory(records)) {
                return Optional.of(records);
            }
        }
        return Optional.empty();
    }
}
