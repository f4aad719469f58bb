package io.sealos.images.internal.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCallTests {
    @Test
    void readsWhatWasWrittenWithoutATimeInIt(@TempDir Path directory) throws IOException {
        EngineCall call = new EngineCall(
                Path.of("/a b/ü#!=\\:\n"), List.of("1.30.0", "1.29"), "r", "n s", Path.of("v"), "a=1&b=%2B", 7);
        Path file = directory.resolve("call");
        call.write(file);
        assertThat(EngineCall.read(file)).isEqualTo(call);
        assertThat(Files.readAllLines(file)).hasSize(7).noneMatch(line -> line.startsWith("#"));
    }
}
