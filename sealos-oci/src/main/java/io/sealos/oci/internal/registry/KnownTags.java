package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.oci.internal.transport.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** What each tag stood for when it was last asked for, so that a later build can do without the network. */
final class KnownTags {
    private final ContentStore store;

    KnownTags(ContentStore store) {
        this.store = store;
    }

    void remember(String name, Digest digest) throws IOException {
        Path target = path(name);
        Path part = Files.createTempFile(store.incoming(), "tag-", ".part");
        try {
            Files.writeString(part, digest.toString());
            Files.createDirectories(target.resolveSibling("."));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    Optional<Digest> digest(String name) throws IOException {
        try {
            return Optional.of(Digest.parse(Files.readString(path(name)).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path path(String name) {
        String key = Hashes.sha256(name.getBytes(StandardCharsets.UTF_8)).hex();
        return store.incoming().resolveSibling("tags").resolve(key);
    }
}
