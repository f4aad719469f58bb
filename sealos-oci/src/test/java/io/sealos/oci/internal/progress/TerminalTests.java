package io.sealos.oci.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTests {
    @ParameterizedTest
    @CsvSource({
        "true, TERM, xterm, true",
        "true, NO_COLOR, 1, true",
        "true, CI, '', true",
        "true, CI, false, true",
        "true, CI, true, false",
        "true, CI, 1, false",
        "true, TERM, dumb, false",
        "false, TERM, xterm, false"
    })
    void canRedrawWhenAskedRespectsTheEnvironment(boolean interactive, String name, String value, boolean redraws) {
        assertThat(new Terminal(interactive, Map.of(name, value)).canRedraw()).isEqualTo(redraws);
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "1, 40", "9999, 200", "99999, 80", "-5, 80", "wide, 80", "'', 80"})
    void widthWhenVariableIsSetIsBounded(String columns, int width) {
        assertThat(new Terminal(true, Map.of("COLUMNS", columns)).width()).isEqualTo(width);
    }
}
