package io.sealos.oci.internal.store;

import io.sealos.internal.files.AtomicFile;
import io.sealos.oci.internal.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Short texts that a content store keeps between builds, under arbitrary names. */
public final class Notes {
    private final ContentStore store;
    private final String directory;

    public Notes(ContentStore store, String directory) {
        this.store = store;
        this.directory = directory;
    }

    public void put(String name, String text) throws IOException {
        Path target = path(name);
        Files.createDirectories(target.resolveSibling("."));
        AtomicFile.write(target, text.getBytes(StandardCharsets.UTF_8), store.incoming());
    }

    public Optional<String> get(String name) throws IOException {
        try {
            return Optional.of(Files.readString(path(name)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path path(String name) {
        String key = Digests.sha256(name).hex();
        return store.incoming().resolveSibling(directory).resolve(key);
    }
}
