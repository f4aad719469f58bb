package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.oci.internal.read.Documents;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a layout or archive, by their paths in it. Nothing is read from outside. */
abstract class ImageFiles implements Closeable {
    private final Path place;

    ImageFiles(Path place) {
        this.place = place;
    }

    /** The files of a folder. */
    static ImageFiles folder(Path folder) throws IOException {
        return new FolderFiles(folder);
    }

    /** The members of a tar. */
    static ImageFiles archive(Path file) throws IOException {
        return TarMembers.of(file);
    }

    /** Where the bytes of a file lie; nothing where there is no such file. */
    abstract Optional<Stored> find(String path) throws IOException;

    @Override
    public abstract void close() throws IOException;

    /** Bytes that can be read more than once. */
    interface Stored {
        long size() throws IOException;

        InputStream open() throws IOException;
    }

    final Stored file(String path) throws IOException {
        return find(path).orElseThrow(() -> new NoSuchFileException(place.toString(), null, "has no " + path));
    }

    final byte[] bytes(String path) throws IOException {
        try (InputStream content = file(path).open()) {
            return Documents.bytes(content);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    final JsonNode document(String path) throws IOException {
        return parse(path, bytes(path));
    }

    final JsonNode parse(String path, byte[] bytes) throws IOException {
        try {
            return Documents.parse(bytes);
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    final IOException broken(String path, IOException why) {
        return new IOException(place + ": " + path + " " + why.getMessage() + "; write the image anew", why);
    }

    final IOException broken(String path, String why) {
        return broken(path, new IOException(why));
    }
}
