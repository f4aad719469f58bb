package io.sealos.oci.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a layout or archive, by their paths in it. Nothing is read from outside. */
public abstract class ImageFiles implements Closeable {
    private final String place;

    /** Place is what errors call it. */
    protected ImageFiles(String place) {
        this.place = place;
    }

    public final String place() {
        return place;
    }

    /** Whether layers can be read, too. */
    public boolean haveLayers() {
        return true;
    }

    /** The files of a folder. */
    public static ImageFiles folder(Path folder) throws IOException {
        return new FolderFiles(folder);
    }

    /** The images of a {@code registry/} folder. */
    public static ImageFiles registry(Path folder) throws IOException {
        return new RegistryFiles(folder);
    }

    /** The members of a tar. */
    public static ImageFiles archive(Path file) throws IOException {
        return TarMembers.of(file);
    }

    /** Where the bytes of a file lie; nothing where there is no such file. */
    public abstract Optional<Stored> find(String path) throws IOException;

    @Override
    public abstract void close() throws IOException;

    /** Bytes that can be read more than once. */
    public interface Stored {
        long size() throws IOException;

        InputStream open() throws IOException;
    }

    public final Stored file(String path) throws IOException {
        return find(path).orElseThrow(() -> new NoSuchFileException(place, null, "has no " + path));
    }

    public final byte[] bytes(String path) throws IOException {
        InputStream content = file(path).open();
        try (content) {
            return Documents.bytes(content);
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    public final JsonNode document(String path) throws IOException {
        return parse(path, bytes(path));
    }

    public final JsonNode parse(String path, byte[] bytes) throws IOException {
        try {
            return Documents.parse(bytes);
        } catch (IOException e) {
            throw broken(path, e);
        }
    }

    public final IOException broken(String path, IOException why) {
        return new IOException(place + ": " + path + " " + why.getMessage() + "; write the image anew", why);
    }

    public final IOException broken(String path, String why) {
        return broken(path, new IOException(why));
    }

    /** What errors call it. */
    @Override
    public final String toString() {
        return place;
    }
}
