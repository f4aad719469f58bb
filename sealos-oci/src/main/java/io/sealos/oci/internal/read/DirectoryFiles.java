package io.sealos.oci.internal.read;

import io.sealos.internal.files.RequiredPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a layout directory. Links are only followed inside the directory. */
final class DirectoryFiles extends StoredFiles {
    private final Path root;

    DirectoryFiles(Path directory) throws IOException {
        super(directory.toString());
        RequiredPath.directory(directory, "name the directory of a layout");
        this.root = directory.toRealPath();
    }

    @Override
    public Optional<Stored> find(String path) throws IOException {
        Path named = root.resolve(path);
        if (!Files.isRegularFile(named)) {
            return Optional.empty();
        }
        Path real = named.toRealPath();
        if (!real.startsWith(root)) {
            throw broken(path, "is a link that leads out of the directory");
        }
        return Optional.of(new StoredFile(real));
    }

    @Override
    protected String otherUse() {
        if (Files.isDirectory(root.resolve(REGISTRY))) {
            return "read it as a registry directory (RegistryDirectory)";
        }
        return RequiredPath.isContext(root) ? "build an image from it (ClusterImageBuilder.context)" : super.otherUse();
    }

    @Override
    public void close() {
        // Each file is opened and closed separately.
    }

    private record StoredFile(Path file) implements Stored {
        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
