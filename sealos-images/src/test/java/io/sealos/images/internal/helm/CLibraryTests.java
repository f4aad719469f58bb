package io.sealos.images.internal.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CLibraryTests {
    @TempDir
    Path directory;

    /** Alpine, Debian and Void, and a library of musl that was replaced while the process runs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lib/ld-musl-x86_64.so.1",
                "/lib/ld-musl-aarch64.so.1",
                "/lib/libc.musl-x86_64.so.1",
                "/lib/x86_64-linux-musl/libc.so",
                "/usr/lib/libc.so",
                "/lib/ld-musl-x86_64.so.1 (deleted)",
                "/usr/lib/libc.so (deleted)"
            })
    void isMuslWhenItsLoaderIsMappedIsTrue(String file) throws IOException {
        assertThat(CLibrary.isMusl(maps(file))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/lib/x86_64-linux-gnu/libc.so.6",
                "/lib/x86_64-linux-gnu/libc-2.31.so",
                "/usr/lib/jvm/ld-musl-java/lib/server/libjvm.so",
                "/app/libc.so/data.jar",
                "/home/\u00e9/lib/server/libjvm.so",
                "[heap]"
            })
    void isMuslWhenOtherFilesAreMappedIsFalse(String file) throws IOException {
        assertThat(CLibrary.isMusl(maps(file))).isFalse();
    }

    @Test
    void isMuslWhenNothingCanBeReadIsFalse() {
        assertThat(CLibrary.isMusl(directory.resolve("none"))).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void isMuslWhenAskedAboutThisProcessFindsItsLoader() throws IOException {
        String maps = Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1);

        assertThat(CLibrary.isMusl()).isEqualTo(!maps.contains("/libc.so.6") && !maps.contains("/libc-2."));
    }

    private Path maps(String file) throws IOException {
        return Files.writeString(directory.resolve("maps"), """
                55d0c0a00000-55d0c0a01000 r--p 00000000 fe:00 5711817                    /usr/bin/java
                7f1897672000-7f1897674000 rw-p 00000000 00:00 0
                7f1897676000-7f189768b000 r-xp 00015000 fe:00 5710337                    %s
                7ffc24ad8000-7ffc24af9000 rw-p 00000000 00:00 0                          [stack]
                """.formatted(file), StandardCharsets.ISO_8859_1);
    }
}
