package io.sealos.oci;

import io.sealos.images.VirtualContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of an application with a chart, its values, manifests, a kustomization, a list of images, an ignore file
 * and mistakes. They can be written to any file system, or given as they are.
 */
final class ApplicationFiles {
    static final String PROGRAM = "opt/tool.sh";

    private final SortedMap<String, String> files = new TreeMap<>(Map.ofEntries(
            Map.entry("Kubefile", """
                    FROM scratch
                    ENV TAG=1
                    COPY . .
                    CMD ["helm upgrade -i demo charts/demo -f charts/demo.yaml -n x", "kubectl apply -k overlay -f manifests"]
                    """),
            Map.entry(".dockerignore", "docs\n"),
            Map.entry(".sealignore", "quay.io/team/ignored:1\n"),
            Map.entry("docs/secret.txt", "not copied"),
            Map.entry("manifests/app.yaml", pod("app", "quay.io/team/app:1.0")),
            Map.entry("manifests/more/ignored.yml", pod("ignored", "quay.io/team/ignored:1")),
            Map.entry("manifests/broken.yaml", "a: [\n"),
            Map.entry(
                    "overlay/kustomization.yaml",
                    "resources: [pod.yaml]\nimages: [{name: old, newName: quay.io/new}]\n"),
            Map.entry("overlay/pod.yaml", pod("old", "old:1")),
            Map.entry("charts/demo/Chart.yaml", "apiVersion: v2\nname: demo\nversion: 1.0.0\n"),
            Map.entry("charts/demo/.helmignore", "docs/\n"),
            Map.entry("charts/demo/docs/x.yaml", "{{ fail }}"),
            Map.entry("charts/demo/values.yaml", "image: quay.io/team/values:1\n"),
            Map.entry("charts/demo/templates/pod.yaml", pod("demo", "{{ .Values.image }}")),
            Map.entry("charts/demo.values.yaml", "image: quay.io/team/beside:2\n"),
            Map.entry("charts/demo.yaml", "image: quay.io/team/installed:3\n"),
            Map.entry("images/shim/extra", "quay.io/team/extra:4\n"),
            Map.entry("etc/large.txt", "line of text\n".repeat(100_000)),
            Map.entry(PROGRAM, "#!/bin/bash\necho $TAG\n")));

    static String pod(String name, String image) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: %s}\nspec: {containers: [{name: a, image: \"%s\"}]}\n"
                .formatted(name, image);
    }

    ApplicationFiles with(String path, String text) {
        files.put(path, text);
        return this;
    }

    ApplicationFiles without(String path) {
        files.remove(path);
        return this;
    }

    Stream<String> paths() {
        return files.keySet().stream();
    }

    String text(String path) {
        return Objects.requireNonNull(files.get(path));
    }

    /** Writes the files, with modes where the file system has them. */
    Path writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String path : files.keySet()) {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text(path));
        }
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            setModes(directory);
        }
        return directory;
    }

    private static void setModes(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                boolean executable = Files.isDirectory(path) || path.toString().endsWith(".sh");
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    /** Gives the files as texts, bytes and streams in turn. */
    void giveTo(VirtualContext.Builder builder) {
        int turn = 0;
        for (String path : files.keySet()) {
            byte[] bytes = text(path).getBytes(StandardCharsets.UTF_8);
            switch (turn++ % 3) {
                case 0 -> builder.file(path, text(path));
                case 1 -> builder.file(path, bytes);
                default -> builder.file(path, () -> new java.io.ByteArrayInputStream(bytes));
            }
        }
        builder.executable(PROGRAM);
    }

    VirtualContext given() throws IOException {
        VirtualContext.Builder builder = VirtualContext.builder();
        giveTo(builder);
        return builder.build();
    }
}
