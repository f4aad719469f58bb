package io.sealos.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserDirectoriesTests {
    @TempDir
    private Path home;

    @Test
    void findsTheCacheWhereEachSystemKeepsIt() throws IOException {
        String user = home.toString();
        Map<String, String> xdg = Map.of("XDG_CACHE_HOME", "/c", "LOCALAPPDATA", "/l");
        Map<String, String> local = Map.of("XDG_CACHE_HOME", "relative", "LOCALAPPDATA", "/l");
        assertThat(UserDirectories.cache(Map.of(), user, "Linux")).isEqualTo(home.resolve(".cache/sealos-java"));
        assertThat(UserDirectories.cache(Map.of(), user, "Mac OS X"))
                .isEqualTo(home.resolve("Library/Caches/sealos-java"));
        assertThat(UserDirectories.cache(xdg, user, "Windows 11")).isEqualTo(Path.of("/c/sealos-java"));
        assertThat(UserDirectories.cache(local, user, "Windows 11")).isEqualTo(Path.of("/l/sealos-java"));
        assertThat(UserDirectories.cache(local, user, "Linux")).isEqualTo(home.resolve(".cache/sealos-java"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"?", "", ".", "/no/such/home", "a\0b"})
    void refusesWhenThereIsNoHome(String user) throws IOException {
        assertThat(UserDirectories.home(user)).isEmpty();
        assertThat(UserDirectories.cache(Map.of("XDG_CACHE_HOME", "/c"), user, "Linux"))
                .isEqualTo(Path.of("/c/sealos-java"));
        assertThatThrownBy(() -> UserDirectories.cache(Map.of(), user, "Linux"))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(user + ": is not a writable home directory, so there is no cache"
                        + " directory; set XDG_CACHE_HOME to a directory of the user's own");
    }

    @Test
    void refusesTheDirectoryWhenItLiesInTheContext() throws IOException {
        Path context = Files.createDirectory(home.resolve("context"));
        Path link = Files.createSymbolicLink(home.resolve("link"), context);
        assertThatThrownBy(() -> UserDirectories.requireOutside(context, link.resolve("a/b")))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(link.resolve("a/b") + ": lies in the context " + context + ", so it would become part"
                        + " of the image; set XDG_CACHE_HOME to a directory of the user's own outside of it");
        assertThatCode(() -> UserDirectories.requireOutside(context, home.resolve("context2")))
                .doesNotThrowAnyException();
    }
}
