package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sealos.kubefile.internal.shell.ShellSyntax;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellLineTests {
    private static ShellLine line(String... commands) {
        return ShellLine.of(Map.of(), "/work", List.of(commands));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a && b || c; d &",
                "a & b",
                "if a; then b; elif c; then d; else e; fi",
                "while a; do b; done < f > g 2>&1",
                "until a\ndo b\ndone",
                "for i in 1 2; do echo $i; done",
                "for i; do a; done",
                "for ((i=0; i<3; i++)); do a; done",
                "select x in a b; do c; done",
                "case $x in a|b) c;; (d) e;& *) ;; esac",
                "case x in a) b ;; esac > f",
                "{ a; b; } 2>&1 | c",
                "(a; b) && (c)",
                "((i++)) && [[ $a =~ ^(x|y)$ && -n $b ]]",
                "f() { a; }; f",
                "function f { a; }",
                "function f() ( a )",
                "! a | b",
                "time -p a",
                "coproc a",
                "a=(1 2 \"3 4\") b",
                "declare -a x=(1)",
                "cat <<E\n'\"`\nE",
                "cat <<-E\n\tx\n\tE\n",
                "cat <<'E' && b\nx\nE",
                "cat <<E\nnever closed",
                "diff <(a) <(b; c) > >(d)",
                "echo \"$(a \"$(b)\")\" `c \\` d` ${x:-\"y}\"} $'it\\'s' $\"d\"",
                "echo $((1 + (2 * 3))) $[1+2] ${#x} $$ $# $?",
                "awk '{ print $1; }' f # the rest; is a comment",
                "echo a#b \\; \\\n c",
                "a &>> f; b >| g; c <<< 'x y'; d <> h; e 2>&-",
                "{a,b} }",
                "echo if then fi",
                "x=$(case a in a) b;; esac)"
            })
    void takesALineWhenBashDoes(String command) {
        assertThat(line(command).refusal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a; ; b",
                "a &; b",
                "; a",
                "a |",
                "a &&",
                "| a",
                "(a",
                "a)",
                "()",
                "{ a",
                "{ }",
                "{ a }",
                "(a) b",
                "fi",
                "if a; then fi",
                "if a; b; fi",
                "if a; then b",
                "while a; do b",
                "for in a; do b; done",
                "for x in a; b",
                "case x in a) b",
                "case x a) b;; esac",
                "a ;; b",
                "f()",
                "f() a",
                "f( a )",
                "echo a(b)",
                "> ",
                "a > ; b",
                "'a",
                "\"a",
                "`a",
                "$(a",
                "${a",
                "\"$(a\"",
                "$(a;;)",
                "$(if a)",
                "x=(1; 2)",
                "[[ a",
                "((a)",
                "a <( b",
                "<<",
                "! ! |",
                "done",
                "} a",
                "in",
                "]]"
            })
    void refusesALineWhenBashDoes(String line) {
        assertThat(ShellSyntax.of(line).refusal()).as(line).isPresent();
    }

    @Test
    void saysWhereALineIsRefusedWhenACommandEndsInASeparator() {
        ShellLine line = line("a", "b &", "c");
        assertThat(line.refusal()).contains("a ; stands where none can");
        assertThat(line.refusedCommand()).hasValue(1);
        assertThat(line.lostCommands()).isEmpty();
    }

    @Test
    void saysWhatIsNeverClosedWhenTheLineEndsInIt() {
        assertThat(line("echo \"a", "b").refusal()).contains("a \" is never closed");
        assertThat(line("x=$(a", "b").refusal()).contains("a $( is never closed");
        assertThat(line("a", "{ b", "c").refusal()).contains("a { is never closed");
        assertThat(line("a", "b &&").refusal()).contains("it ends where a command is still to come or to be closed");
        assertThat(line("a", "{ b", "c").refusedCommand()).hasValue(1);
    }

    @Test
    void namesNoCommandWhenAValueIsAtFault() {
        ShellLine line = ShellLine.of(Map.of("A", "5\" disk"), "/work", List.of("a", "b"));
        assertThat(line.refusal()).contains("a \" is never closed");
        assertThat(line.refusedCommand()).isEmpty();
    }

    @Test
    void namesTheLostCommandsWhenAnEarlierOneSwallowsThem() {
        assertThat(line("a # x", "b", "c").lostCommands()).containsExactly(1, 2);
        assertThat(line("echo 'x", "y'", "c").lostCommands()).containsExactly(1);
        assertThat(line("cat <<X\none\nX", "b").lostCommands()).containsExactly(1);
        assertThat(line("a \\", "b").lostCommands()).containsExactly(1);
        assertThat(line("a", "b # the last may have one").lostCommands()).isEmpty();
        assertThat(line("(a", "b)").lostCommands()).isEmpty();
        assertThat(line("x=$(a", "b)").lostCommands()).isEmpty();
        assertThat(line("a\nb # x\nc", "d").lostCommands()).isEmpty();
    }

    @Test
    void namesTheFirstCommandWhenAValueSwallowsIt() {
        ShellLine line = ShellLine.of(Map.of("A", "x\" # \""), "/work", List.of("a", "b"));
        assertThat(line.refusal()).isEmpty();
        assertThat(line.lostCommands()).containsExactly(0, 1);
    }

    @Test
    void makesSingleQuotesDoubleWhenTheLineGoesThroughSudo() {
        ShellLine line = line("echo '\"'", "b");
        assertThat(line.refusal()).isEmpty();
        assertThat(line.throughSudo()).hasToString("cd /work && echo \"\"\"; cd /work && b");
        assertThat(line.throughSudo().refusal()).contains("a \" is never closed");
        assertThat(line.refusal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "$(",
                "${",
                "\"$(",
                "$((",
                "((",
                "{ ",
                "if ",
                "`",
                "a=(",
                "<(",
                "case x in a) ",
                "f() { ",
                "function f ",
                "! ",
                "coproc ",
                "a|",
                "<<X\n"
            })
    void endsSoonWhenALineIsNestedWithoutEnd(String piece) {
        assertTimeout(Duration.ofSeconds(20), () -> ShellSyntax.of(piece.repeat(50_000)));
    }
}
