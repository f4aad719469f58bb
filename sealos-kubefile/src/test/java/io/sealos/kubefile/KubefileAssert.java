package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Parses for tests, and checks each time that nothing was lost. */
final class KubefileAssert {
    private KubefileAssert() {}

    static Kubefile parse(String source) {
        return checked(Kubefile.parse(source), source);
    }

    static KubefileParseResult parseLenient(String source) {
        KubefileParseResult result = Kubefile.parseLenient(source);
        checked(result.kubefile(), source);
        return result;
    }

    static ContainerConfig config(String source) {
        return parse(source).evaluate(BuildOptions.defaults()).config();
    }

    private static Kubefile checked(Kubefile kubefile, String source) {
        assertThat(kubefile.toSource()).isEqualTo(source);
        int end = 0;
        for (Instruction instruction : kubefile.instructions()) {
            SourceRange range = instruction.range();
            assertThat(range.startOffset()).isBetween(end, range.endOffset());
            end = range.endOffset();
            assertThat(source).contains(range.text());
            assertThat(range.start()).isLessThanOrEqualTo(range.end());
        }
        return kubefile;
    }

    static byte[] bytes(Kubefile kubefile) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            kubefile.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
