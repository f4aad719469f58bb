package io.sealos.images.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sealos.images.ScanProblem;
import io.sealos.images.internal.shell.state.ProgramRun;
import io.sealos.images.internal.shell.state.ShellFiles;
import io.sealos.images.internal.shell.state.ShellListener;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the reader ends for every script, and reports what it could not evaluate. */
class ShellReaderTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** With a space for each tilde and a line end for each plus. */
    private static final String PIECES =
            "helm~install~a~b ~ + ; && || | ( ) {~ } if~ then~ else~ fi for~i~in~a~b do~ done"
                    + " while~x case~a~in esac a) ;; $X ${X:- ${ $( ` \" ' \\ <<E+ E+ X= X+=( f()~ function~ [[~ ]] > < & # * [a"
                    + " $(( )) cd~.. set~--~ eval~ é \u0001 \uE001";

    private final Map<String, String> files = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    @Test
    void saysWhatIsNotKnownWhenOutputIsUsed() {
        files.put("/a.sh", "X=$(kubectl get x)\nread Y\nhelm install a b --set a=$X,b=$Y,c=$((1+X)),d=$Z\n");
        read("bash a.sh");
        assertThat(calls)
                .containsExactly("/a.sh:3 install a b --set a=,b=,c=,d="
                        + " ? the output of kubectl, what read gets for Y, $((1+X)) missing [Z]");
    }

    @Test
    void readsTheRestAndSaysWhereWhenScriptIsBroken() {
        files.put("/a.sh", "helm install a b\nif x; then\nhelm install no no\n");
        read("bash a.sh; . none.sh; cd $(which x); helm install c d");
        assertThat(calls).containsExactly("/a.sh:1 install a b", "Kubefile:9 install c d");
        assertThat(problems)
                .containsExactly(
                        "/a.sh:4 the shell script is not understood from here on: it lacks 'fi'",
                        "Kubefile:9 the script 'none.sh' is not among the files that the image gets;"
                                + " what it runs is not known",
                        "Kubefile:9 the directory of cd is not known (the output of which); taken as no change");
    }

    @Test
    void followsBothWaysWhenFileMayHaveBeenLoaded() {
        read("if [ -d a ]; then helm i a; else helm i no-a; fi");
        read("tar xf a.tgz; if [ -d a ]; then helm i a; else helm i no-a; fi");
        read("helm pull x/a --untar; [ -d a ] && helm i a");
        assertThat(calls)
                .containsExactly(
                        "Kubefile:9 i no-a",
                        "Kubefile:9 i a",
                        "Kubefile:9 i no-a",
                        "Kubefile:9 pull x/a --untar",
                        "Kubefile:9 i a");
    }

    @Test
    void expandsVariablesAsSealosExportsThem() {
        read("helm i $A $B $C", Map.of("A", "x", "B", "$A y", "C", "\"z\" w"));
        assertThat(calls).containsExactly("Kubefile:9 i x x y z w");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ". a.sh; . a.sh",
                "bash a.sh",
                "f() { f; f; }; f; helm i",
                "X=a; while true; do X=$X$X; . a.sh; done",
                "for a in 1 2 3 4 5 6 7 8 9; do for b in 1 2 3 4 5 6 7 8 9; do . a.sh; done; done",
                "eval \"$(cat a.sh)\"",
                "X='$X'; eval eval eval $X; X=$(bash a.sh); helm i $X",
                "cat a.sh > b.sh; cat b.sh b.sh > a.sh; bash a.sh",
            })
    void endsWhenScriptCallsItself(String script) {
        files.put("/a.sh", script + "\nhelm install a b\n");
        assertTimeoutPreemptively(LIMIT, () -> read("bash a.sh"));
        assertThat(problems.toString()).contains("does too much to be followed to its end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "{ ",
                "$(",
                "\"$(",
                "`",
                "${a:-",
                "if a; then ",
                "a && ",
                "a | ",
                "case a in a) ",
                "f() ",
                "\"",
                "'",
                "((",
                "$((",
                "a=(",
                "[[ ",
                "<(",
                "\\",
                "a;",
                "cat <<E\n$(",
                "! "
            })
    void endsWhenTextIsDeepOrLong(String piece) {
        files.put("/a.sh", piece.repeat(50_000));
        files.put("/b.sh", "helm install a b " + piece.repeat(3000));
        assertTimeoutPreemptively(LIMIT, () -> read("bash a.sh; bash b.sh"));
    }

    @Test
    void followsNoMorePathsThanTheLimitAllows() {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            script.append("if x; then A%d=1; fi\n".formatted(i));
        }
        files.put("/a.sh", script + "helm install a b\n");
        assertTimeoutPreemptively(LIMIT, () -> read("bash a.sh"));
        assertThat(calls).contains("/a.sh:201 install a b");
        assertThat(problems).containsExactly("/a.sh the shell script has more than 64 paths; not all were followed");
    }

    @Test
    void saysSoWhenLoopHasMoreRoundsThanAreFollowed() {
        files.put("/a.sh", "for i in {1..300}; do X=$i; done; helm install a $X\n");
        files.put("/b.sh", "i=0; while [ $i -lt 300 ]; do i=$((i+1)); done; helm install b $i\n");
        read("bash a.sh; bash b.sh");
        assertThat(calls).containsExactly("/a.sh:1 install a 200", "/b.sh:1 install b 200");
        assertThat(problems)
                .containsExactly(
                        "/a.sh the shell script has a loop of more than 200 rounds; not all were followed",
                        "/b.sh the shell script has a loop of more than 200 rounds; not all were followed");
    }

    /** B has 90,000 characters, C 10,000. */
    private static final String LARGE =
            "C=aaaaaaaaaa; for i in 1 2 3; do C=$C$C$C$C$C$C$C$C$C$C; done;" + " B=$C$C$C$C$C$C$C$C$C; export B;";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat f.txt f.txt f.txt >> g",
                "A+=(\"$B$i$j\")",
                "eval A${i}_$j='$B$i'",
                "printf -v A${i}_$j %s $i$B",
                "mapfile A${i}_$j < f.txt"
            })
    void givesUpWhenTextsGrow(String command) {
        files.put("/f.txt", "x".repeat(1 << 20));
        files.put("/a.sh", LARGE + "for i in {1..150}; do for j in {1..150}; do " + command + "; done; done\nhelm i\n");
        assertTimeoutPreemptively(LIMIT, () -> read("bash a.sh"));
        assertThat(problems)
                .containsExactly("/a.sh the shell script does too much to be followed to its end: more than 50000"
                        + " steps or 50000000 characters, or calls nested deeper than 200");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                "X=$(cat f.txt f.txt) => the output of cat",
                "X=$(printf \"$B%s\" {1..900}) => the output of printf",
                "X=$(echo '$B$B$B$B$B$B$B$B$B$B$B$B' | envsubst) => the output of envsubst",
                "X=$(echo $C | sed s/a/$B/g) => the output of sed",
                "X=\"$B$B\" => a text that is too long to be followed",
            })
    void saysWhatIsNotKnownWhenTextIsTooLong(String command, String cause) {
        files.put("/f.txt", "x".repeat(1 << 20));
        files.put("/a.sh", LARGE + command + "\nhelm i $X\n");
        assertTimeoutPreemptively(LIMIT, () -> read("bash a.sh"));
        assertThat(calls).singleElement().asString().endsWith("? " + cause);
    }

    @Test
    void keepsTextsThatAreReplacedByTooMuch() {
        files.put("/a.sh", LARGE + "X=${C//a/$B}; helm i ${#X}\n");
        read("bash a.sh");
        assertThat(calls).containsExactly("/a.sh:1 i 10000");
    }

    @Test
    void takesMarksOutOfFilesOfTheImage() {
        files.put("/f.txt", "x\uE123y");
        files.put("/a.sh", "helm i $(cat f.txt) $(sed s/x/z/ f.txt); read X < f.txt; helm i $X\n");
        read("bash a.sh");
        assertThat(calls).containsExactly("/a.sh:1 i xy zy", "/a.sh:1 i xy");
    }

    @Test
    void forgetsVariablesThatAreCalculatedOfWhatIsNotKnown() {
        files.put("/a.sh", """
                a=0; b=0; c=0; d=0; e=5
                ((a = $(x)))
                let b+=$(x)
                d=$((c = $(x)))
                ((e == $(x)))
                [ $a -gt 1 ] && helm a; [ $b -gt 1 ] && helm b; [ $c -gt 1 ] && helm c; helm $e
                """);
        read("bash a.sh");
        assertThat(calls).containsExactly("/a.sh:6 a", "/a.sh:6 b", "/a.sh:6 c", "/a.sh:6 5");
    }

    @Test
    void assignsNothingInPartsOfCalculationsThatAreNotAskedFor() {
        files.put("/a.sh", """
                n=1; ((0 && n++)); ((1 || n++)); ((1 ? 0 : (n=7))); ((0 ? (n=7) : 0)); helm $n
                ((1 && n++)); ((0 || n++)); ((1 ? n++ : 0)); ((0 ? 0 : n++)); helm $n
                """);
        read("bash a.sh");
        assertThat(calls).containsExactly("/a.sh:1 1", "/a.sh:2 5");
    }

    @Test
    void dropsLinesThatFollowTheSameOneWhenUniqFilters() {
        read("helm $(printf 'a\\na\\nb\\na\\n' | uniq)");
        assertThat(calls).containsExactly("Kubefile:9 a b a");
    }

    @Test
    void endsWhenBracesMultiply() {
        assertTimeoutPreemptively(
                LIMIT, () -> read("helm i " + "{a,b}".repeat(5000) + "; helm i " + "{a,b}".repeat(30)));
        assertThat(calls).hasSize(2);
    }

    @Test
    void expandsPatternsInTimeThatGrowsSlowly() {
        files.put("/" + "a".repeat(200), "");
        assertTimeoutPreemptively(
                LIMIT,
                () -> read("echo " + "*a".repeat(5000) + "b; X=" + "a".repeat(15_000) + "; helm i ${X##"
                        + "*a".repeat(1000) + "b}"));
        assertThat(calls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo *b", "echo [b$i$j", "X=$(find . -name b)", "X=$(ls)"})
    void givesUpWhenManyFilesAreLookedAtOften(String command) {
        for (int i = 0; i < 30_000; i++) {
            files.put("/a" + i, "");
        }
        files.put("/a.sh", "for i in {1..200}; do for j in {1..200}; do " + command + "; done; done\nhelm i\n");
        assertTimeoutPreemptively(LIMIT, () -> read("bash a.sh"));
        assertThat(problems.toString()).contains("does too much to be followed to its end");
    }

    @Test
    void endsWithoutFailureWhateverTheTextIs() {
        Random random = new Random(11);
        String[] pieces = PIECES.split(" ", -1);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(30), 0, pieces.length).forEach(at -> text.append(pieces[at]));
            files.put("/a.sh", text.toString().replace('~', ' ').replace('+', '\n'));
            assertTimeoutPreemptively(LIMIT, () -> read("bash a.sh"), () -> "the script " + text);
        }
        assertThat(calls).isNotEmpty();
    }

    private void read(String command) {
        read(command, Map.of());
    }

    private void read(String command, Map<String, String> environment) {
        ShellReader[] reader = new ShellReader[1];
        reader[0] =
                new ShellReader(store(), listener(words -> reader[0].unknowns().causes(words)));
        reader[0].read(List.of(new ShellReader.Start("Kubefile", 9, command)), environment);
    }

    private ShellFiles store() {
        return new ShellFiles() {
            @Override
            public @Nullable String text(String path) {
                return files.get(path);
            }

            @Override
            public List<String> names(String directory) {
                return directory.equals("/")
                        ? files.keySet().stream().map(it -> it.substring(1)).toList()
                        : List.of();
            }

            @Override
            public boolean exists(String path) {
                return files.containsKey(path);
            }

            @Override
            public boolean isDirectory(String path) {
                return path.equals("/");
            }
        };
    }

    private ShellListener listener(UnaryOperator<String> causes) {
        return new ShellListener() {
            @Override
            public Optional<Unknown> program(ProgramRun run) {
                if (!run.name().equals("helm")) {
                    return Optional.empty();
                }
                String words = String.join(" ", run.arguments());
                calls.add(run.source() + ":" + run.line() + " " + Unknowns.without(words)
                        + (Unknowns.in(words) ? " ? " + causes.apply(words) : "")
                        + (run.missing().isEmpty() ? "" : " missing " + run.missing()));
                return Optional.of(Unknown.found("helm"));
            }

            @Override
            public void written(ProgramRun run) {
                // What is written is asked for where it is used.
            }

            @Override
            public void problem(ScanProblem.Kind kind, String source, int line, String message) {
                problems.add(source + (line == 0 ? "" : ":" + line) + " " + message);
            }
        };
    }
}
