package io.sealos.layout.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.layout.Finding;
import io.sealos.layout.LayoutValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretRulesTests {
    @TempDir
    private Path context;

    @ParameterizedTest
    @CsvSource({"AKIA,A1,8", "ghp_,a1,18", "glpat-,a_,10", "'client-key-data: ',a/,32"})
    void validateWhenTokenStandsAnywhereInTheTextFindsIt(String sign, String part, int times) throws IOException {
        String token = sign + part.repeat(times);
        for (int before = 0; before < 45; before++) {
            assertThat(secretsIn("-: ".repeat(before).substring(2 * before) + "\n" + token))
                    .as("after %d characters", before)
                    .hasSize(1);
        }
    }

    @Test
    void validateWhenPrivateKeyIsShortFindsItWithItsLine() throws IOException {
        String key = "-----BEGIN " + "PRIVATE KEY-----\n" + "A+/=".repeat(8) + "\n";

        assertThat(secretsIn("a: 1\n\n" + key))
                .singleElement()
                .satisfies(found ->
                        assertThat(found.range().orElseThrow().start().line()).isEqualTo(3));
    }

    @Test
    void validateWhenTokenIsCutOffFindsNone() throws IOException {
        assertThat(secretsIn("AKIA" + "A1".repeat(7))).isEmpty();
        assertThat(secretsIn("ghp_" + "a1".repeat(17))).isEmpty();
    }

    private List<Finding> secretsIn(String text) throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY . .\n");
        Files.writeString(context.resolve("file"), text);
        return LayoutValidator.standard().validate(context).findings().stream()
                .filter(finding -> finding.ruleId().equals("secret-in-file"))
                .toList();
    }
}
