package io.sealos.oci.internal.verify;

import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.read.StoredFiles.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a layout that is verified. A file that cannot be used is reported as a mismatch. */
interface LayoutFiles {
    /**
     * {@return a file; empty if it is missing or cannot be used, which is reported}
     *
     * @param path the path in the layout
     * @param what the file for messages
     * @param place the place that refers to it
     */
    Optional<Stored> find(String path, String what, String place) throws IOException;

    /** {@return the sorted paths of all files below {@code blobs/}} */
    List<String> blobs() throws IOException;

    /** {@return the files of a directory} Links that lead out of it are not followed. */
    static LayoutFiles directory(Path layout, Findings findings) {
        return new InDirectory(layout, findings);
    }

    /** {@return the files of an archive or a registry} */
    static LayoutFiles stored(StoredFiles files, Findings findings) {
        return new InFiles(files, findings);
    }

    /** The files of a directory. */
    record InDirectory(Path layout, Findings findings) implements LayoutFiles {
        @Override
        public Optional<Stored> find(String path, String what, String place) throws IOException {
            Path file = layout.resolve(path);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                findings.mismatch(place, what + " is missing");
            } else if (!Files.isRegularFile(file)) {
                findings.mismatch(place, what + " is not a regular file");
            } else if (!file.toRealPath().startsWith(layout.toRealPath())) {
                findings.mismatch(place, what + " is a link that leads out of the layout");
            } else {
                return Optional.of(new LayoutFile(file));
            }
            return Optional.empty();
        }

        @Override
        public List<String> blobs() throws IOException {
            try (Stream<Path> files = Files.walk(layout.resolve("blobs"))) {
                return files.filter(Files::isRegularFile)
                        .sorted()
                        .map(file -> layout.relativize(file).toString().replace('\\', '/'))
                        .toList();
            }
        }
    }

    /** A file of a directory. */
    record LayoutFile(Path file) implements Stored {
        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    /** The files of an archive or a registry. */
    record InFiles(StoredFiles files, Findings findings) implements LayoutFiles {
        @Override
        public Optional<Stored> find(String path, String what, String place) throws IOException {
            Optional<Stored> found = files.find(path);
            if (found.isEmpty()) {
                findings.mismatch(place, what + " is missing");
            }
            return found;
        }

        @Override
        public List<String> blobs() {
            return files.below("blobs/");
        }
    }
}
