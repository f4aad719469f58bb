package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextSearchTests {
    @TempDir
    private Path root;

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "FROM scratch\n");
    }

    @Test
    void findContextsWhenRepositoryHasManyFilesReturnsTheDirectoriesOfClusterImages() throws IOException {
        file("b/Kubefile");
        file("a/Sealfile");
        file("a/Kubefile");
        file("a/inner/deep/Kubefile");
        file("web/Dockerfile");
        file("web/kubefile");
        file(".git/Kubefile");
        file("x/Kubefile.md");
        Files.createDirectories(root.resolve("dir/Kubefile"));
        Files.createSymbolicLink(root.resolve("link"), root.resolve("b"));
        Files.createDirectories(root.resolve("linked"));
        Files.createSymbolicLink(root.resolve("linked/Kubefile"), root.resolve("b/Kubefile"));

        assertThat(BuildFiles.findContexts(root))
                .map(it -> root.relativize(it).toString().replace('\\', '/'))
                .containsExactly("a", "a/inner/deep", "b", "linked");
    }

    @Test
    void findContextsWhenRootHasABuildFileReturnsIt() throws IOException {
        file("Kubefile");

        assertThat(BuildFiles.findContexts(root)).containsExactly(root);
        assertThat(BuildFiles.findContexts(root.resolve("../" + root.getFileName())))
                .containsExactly(root.resolve("../" + root.getFileName()));
    }

    @Test
    void findContextsWhenRootIsALinkReturnsPathsBelowTheLink() throws IOException {
        Path apps = Files.createDirectories(root.resolve("repo/apps/shop"));
        Files.writeString(apps.resolve("Kubefile"), "FROM scratch\n");
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("repo"));

        assertThat(BuildFiles.findContexts(link)).containsExactly(link.resolve("apps/shop"));
    }

    @Test
    void findContextsWhenThereIsNoDirectoryOrTooMuchSaysSo() throws IOException {
        Path file = file("Kubefile");

        assertThatExceptionOfType(NotDirectoryException.class)
                .isThrownBy(() -> BuildFiles.findContexts(file))
                .withMessage(file + ": is not a directory; name the directory that contains the contexts");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Files.walkFileTree(root, new ContextSearch(root, 1)))
                .withMessage(root + ": has more than 1 files and directories; name one below it");
    }

    @Test
    void findContextsWhenThreadIsInterruptedEnds() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> BuildFiles.findContexts(root));
        assertThat(Thread.interrupted()).isTrue();
    }
}
