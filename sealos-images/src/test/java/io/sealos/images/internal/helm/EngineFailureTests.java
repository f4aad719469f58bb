package io.sealos.images.internal.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineFailureTests {
    @ParameterizedTest
    @CsvSource({
        "Linux, aarch64, linux-arm64",
        "Mac OS X, x86_64, darwin-amd64",
        "Mac OS X, aarch64, darwin-arm64",
        "Windows Server 2022, amd64, windows-amd64"
    })
    void libraryWhenItIsForOtherMachinesNamesTheOneToAdd(String os, String arch, String name) {
        assertThatThrownBy(() -> EngineSource.library(EngineSystem.of(os, arch)))
                .isInstanceOfSatisfying(
                        EngineMissingException.class,
                        it -> assertThat(message(it))
                                .isEqualTo(
                                        "there is no Helm engine: the class path lacks com.marcnuri.helm-java:" + name
                                                + ", the engine's native library for this machine, and no helm on the PATH; add"
                                                + " com.marcnuri.helm-java:" + name
                                                + " as a run-time dependency, install helm, or provide another engine (ChartRenderer)"));
    }

    @Test
    void libraryWhenNoneIsMadeForTheMachineSaysSo() {
        assertThatThrownBy(() -> EngineSource.library(EngineSystem.of("Linux", "riscv64")))
                .isInstanceOfSatisfying(
                        EngineMissingException.class,
                        it -> assertThat(message(it))
                                .isEqualTo(
                                        "there is no Helm engine: helm-java has no native library for linux-riscv64, and no"
                                                + " helm on the PATH; install helm, or provide another engine (ChartRenderer)"));
    }

    @Test
    void libraryWhenJavaRunsWithMuslSaysThatGlibcIsNeeded() {
        assertThatThrownBy(() ->
                        EngineSource.library(EngineSystem.of("Linux", "amd64").withMusl()))
                .isInstanceOfSatisfying(
                        EngineMissingException.class,
                        it -> assertThat(message(it))
                                .isEqualTo(
                                        "there is no Helm engine: helm-java's native library needs the GNU C library (glibc)"
                                                + " 2.34 or newer, and this Java runs with musl, as on Alpine Linux, and no helm on"
                                                + " the PATH; run on a system with glibc, such as Debian, install helm, or provide"
                                                + " another engine (ChartRenderer)"));
    }

    /** The messages of musl 1.2.3 about the engine, without and with a library that provides the missing functions. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error relocating /c/helm-linux-amd64.so: __fprintf_chk: symbol not found",
                "Error relocating /c/helm-linux-amd64.so: runtime.tlsg: initial-exec TLS resolves to dynamic definition in"
                        + " /c/helm-linux-amd64.so"
            })
    void ofStartWhenLoaderIsMuslSaysThatGlibcIsNeeded(String words) {
        assertThat(EngineFailure.ofStart(words).message())
                .isEqualTo("there is no Helm engine: the Helm engine does not start: it needs the GNU C library (glibc)"
                        + " 2.34 or newer, which this system lacks: " + words
                        + ", and no helm on the PATH; use a system"
                        + " that has it, install helm, or provide another engine (ChartRenderer)");
    }

    @Test
    void ofStartWhenSystemHasAnotherCLibrarySaysWhichIsNeeded() {
        String old = "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /c/helm.so)";

        assertThat(EngineFailure.ofStart(old).message())
                .isEqualTo("there is no Helm engine: the Helm engine does not start: it needs the GNU C library (glibc)"
                        + " 2.34 or newer, which this system lacks: " + old + ", and no helm on the PATH; use a system"
                        + " that has it, install helm, or provide another engine (ChartRenderer)");
        assertThat(EngineFailure.ofStart("libjnidispatch.so: Error loading shared library ld-linux-x86-64.so.2: No such"
                                + " file or directory")
                        .reason())
                .contains("it needs the GNU C library (glibc) 2.34 or newer");
    }

    @Test
    void ofStartWhenSomethingElseFailsHasItsWords() {
        assertThat(EngineFailure.ofStart("failed to map segment").message())
                .isEqualTo("there is no Helm engine: the Helm engine does not start: failed to map segment, and no helm"
                        + " on the PATH; install helm, or provide another engine (ChartRenderer)");
    }

    private static String message(IOException failure) {
        try {
            return EngineFailure.of(failure).message();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
