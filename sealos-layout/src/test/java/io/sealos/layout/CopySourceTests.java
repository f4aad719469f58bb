package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources of COPY and ADD that stop a build, because nothing matches them. */
class CopySourceTests {
    private static final String PATTERN_FIX =
            " to copy; add a file that matches it to the directory, or correct the pattern [copy-source-missing]";

    @TempDir
    Path context;

    @Test
    void validateWhenNothingMatchesAPatternFindsIt() throws IOException {
        write("manifests/pod.yaml", "");
        write("Kubefile", """
                FROM scratch
                COPY manifests manifests
                COPY registry registry
                ADD nope*.tgz x/
                CMD ["kubectl apply -f manifests"]
                """);

        assertThat(findings()).containsExactly("Kubefile:4:1: error: there is no nope*.tgz" + PATTERN_FIX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a?",
                "a.[b-z]",
                "etc/*.txt",
                "etc/*/*",
                "a.a/*",
                "nodir/*",
                "*/*/nope",
                "[a",
                "re*/nope*",
                "a.c*/",
                "*/nope",
                "etc/[*]"
            })
    void validateWhenNothingMatchesTheOnlySourceFindsIt(String source) throws IOException {
        write("a.a", "");
        write("etc/conf", "");
        write("Kubefile", "FROM scratch\nCOPY a.a a.a\nCOPY " + source + " x/\nCMD [\"true\"]\n");

        String shown = source.endsWith("/") ? source.substring(0, source.length() - 1) : source;
        assertThat(findings()).containsExactly("Kubefile:3:1: error: there is no " + shown + PATTERN_FIX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a.?",
                "./a.[a-b]",
                "/*/co?f",
                "e*/",
                "etc/../a.*",
                "link/c*",
                "li*/*f",
                "re*",
                "registry/*",
                "r*/d*",
                "\\\\a.a",
                "odd[[]1]",
                "nope* a.a",
                "a.a nope*",
                "nope* [x a.*"
            })
    void validateWhenASourceMatchesFindsNothing(String sources) throws IOException {
        write("a.a", "");
        write("etc/conf", "");
        write("odd[1]", "");
        Files.createSymbolicLink(context.resolve("link"), Path.of("etc"));
        write("Kubefile", "FROM scratch\nCOPY " + sources + " x/\nCOPY etc .\nCMD [\"true\"]\n");

        assertThat(findings())
                .filteredOn(it -> it.contains("[copy-source-missing]"))
                .isEmpty();
    }

    @Test
    void validateWhenSeveralSourcesAreMissingFindsWhatStopsTheBuild() throws IOException {
        write("a", "");
        write("Kubefile", "FROM scratch\nCOPY a nope* gone x/\nCOPY one* two* x/\nCOPY one* gone x/\nCMD [\"true\"]\n");

        String literalFix =
                " to copy; add it to the directory, or remove it from the instruction [copy-source-missing]";
        assertThat(findings())
                .containsExactly(
                        "Kubefile:2:1: error: there is no gone" + literalFix,
                        "Kubefile:3:1: error: there is no one*" + PATTERN_FIX,
                        "Kubefile:4:1: error: there is no gone" + literalFix);
    }

    @Test
    void validateWhenTheIgnoreFileHidesAMissingSourceFindsIt() throws IOException {
        write("a", "");
        write(".dockerignore", "gone\n");
        write("Kubefile", "FROM scratch\nCOPY a gone x/\nCMD [\"true\"]\n");

        assertThat(findings())
                .containsExactly("Kubefile:2:1: error: there is no gone to copy; add it to the directory, or remove it"
                        + " from the instruction [copy-source-missing]");
    }

    @Test
    void validateWhenTheIgnoreFileHidesAllMatchesOfAPatternSaysSo() throws IOException {
        write("etc/a.txt", "");
        write("etc/b.txt", "");
        write(".dockerignore", "etc/*.txt\n!*/c*\n");
        write("Kubefile", "FROM scratch\nCOPY Kubefile etc/*.txt x/\nCMD [\"true\"]\n");
        assertThat(findings())
                .containsExactly("Kubefile:2:1: warning: the ignore file hides etc/*.txt from this instruction; take it"
                        + " out of the ignore file, or add a line !etc/*.txt [needed-file-ignored]");

        write("etc/c.txt", "");
        assertThat(findings()).isEmpty();
    }

    @Test
    void validateWhenInitScriptMayBringTheMatchesSaysThatOnly() throws IOException {
        write("a", "");
        write("init.sh", "#!/usr/bin/env bash\ncurl -O https://site.example/app-1.tgz\n");
        write("Kubefile", "FROM scratch\nCOPY a x/\nCOPY app-*.tgz x/\nCMD [\"true\"]\n");

        assertThat(findings())
                .containsExactly("init.sh: warning: the script has not been run, and what it is to bring is missing:"
                        + " app-*.tgz; run 'bash init.sh ARCH NAME VERSION' in the directory before the build, where"
                        + " there is a network [init-not-run]");
    }

    @Test
    void validateWhenAPatternDoesNotBringWhatACommandNeedsSaysSo() throws IOException {
        write("manifests/a.yaml", "");
        write("Kubefile", """
                FROM scratch
                COPY manifests/*.yaml manifests/
                CMD ["kubectl apply -f manifests/b.yaml"]
                """);

        assertThat(findings())
                .containsExactly("Kubefile:3:6: warning: the command needs manifests/b.yaml, which the cluster image"
                        + " will not have; add it to the directory, and copy it [command-file-missing]");
    }

    private List<String> findings() throws IOException {
        return LayoutValidator.standard().validate(context).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
