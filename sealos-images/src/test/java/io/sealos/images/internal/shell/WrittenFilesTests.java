package io.sealos.images.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ScanProblem;
import io.sealos.images.internal.shell.state.ProgramRun;
import io.sealos.images.internal.shell.state.ShellFiles;
import io.sealos.images.internal.shell.state.ShellListener;
import io.sealos.images.internal.shell.state.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of the values that a script writes, or passes on without a file, before it runs Helm. */
class WrittenFilesTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "cat > v <<E~n~a: $X~n~E~n~helm i -f v # a: 1",
                "{ echo a:; echo '  b: 1'; } > v; echo -e 'c: 2\\nd: 3' >> v; helm i -f v # a:|  b: 1|c: 2|d: 3",
                "for i in 1 2; do echo \"$i: x\"; done > v; helm i -f v # 1: x|2: x",
                "printf '%s: x\\n' a b > v; echo c: | tee -a v; helm i -f v # a: x|b: x|c:",
                "echo 'a: __A__ x/y' > t; sed -e 's/__A__/5/g' -e 's,x/y,z,' t > v; sed -i 's/5/6/' v; helm i -f v # a: 6 z",
                "echo 'a: ${X} $NO' > t; export X; envsubst < t > v; helm i -f v # a: 1",
                "helm i -f - <<< a:$X # a:1",
                "echo a: | helm i --values - # a:",
                "helm i -f <(echo a: | tr a-z A-Z) # A:",
                "echo 'a: 1.2.3' > t; cut -d. -f2- < t > v; helm i -f v # 2.3",
                "read A B <<< 'x  y z'; echo $A:$B > v; helm i -f v # x:y z",
                "V=a-b-c; echo ${V/[ab]/x} ${V//-/_} ${V^} > v; helm i -f v # x-b-c a_b_c A-b-c",
            })
    void readsWhatTheScriptWrites(String script, String text) {
        assertThat(valuesOf(script.replace("~n~", "\n"))).isEqualTo(text);
    }

    /** The text of the file of values, with a bar for each line end. */
    private static String valuesOf(String script) {
        List<String> texts = new ArrayList<>();
        ShellReader[] reader = new ShellReader[1];
        ShellListener listener = new ShellListener() {
            @Override
            public Optional<Unknown> program(ProgramRun run) {
                if (!run.name().equals("helm")) {
                    return Optional.empty();
                }
                String text = String.valueOf(run.text(run.path(run.arguments().get(2))));
                texts.add(reader[0].unknowns().withoutVariables(text).strip().replace("\n", "|"));
                return Optional.of(Unknown.found("helm"));
            }

            @Override
            public void written(ProgramRun run) {
                // What is written is asked for where it is used.
            }

            @Override
            public void problem(ScanProblem.Kind kind, String source, int line, String message) {
                texts.add(message);
            }
        };
        reader[0] = new ShellReader(new NoFiles(), listener);
        reader[0].read(List.of(new ShellReader.Start("Kubefile", 1, "X=1; " + script)), Map.of());
        return String.join("; ", texts);
    }

    private static final class NoFiles implements ShellFiles {
        @Override
        public @Nullable String text(String path) {
            return null;
        }

        @Override
        public List<String> names(String directory) {
            return List.of();
        }

        @Override
        public boolean exists(String path) {
            return false;
        }

        @Override
        public boolean isDirectory(String path) {
            return false;
        }
    }
}
