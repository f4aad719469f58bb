package io.sealos.oci.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.internal.files.PlacedException;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.text.Printable;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a layout, an archive or a {@code registry/} directory, by path. Files outside are never read. */
public abstract class StoredFiles implements Closeable {
    /** The directory in which the distribution registry stores everything. */
    static final String REGISTRY = "docker/registry/v2/";

    private static final String OCI_INDEX = "index.json";
    private static final String DOCKER_LIST = "manifest.json";

    private final String place;

    /** Creates files with a name for messages. */
    protected StoredFiles(String place) {
        this.place = place;
    }

    public final String place() {
        return place;
    }

    /** Returns whether layers can be read. */
    public boolean haveLayers() {
        return true;
    }

    /** Opens a layout directory. */
    public static StoredFiles directory(Path directory) throws IOException {
        return new DirectoryFiles(directory);
    }

    /** Opens a {@code registry/} directory. */
    public static StoredFiles registry(Path directory) throws IOException {
        return new RegistryFiles(directory);
    }

    /** Opens a tar, or the parts of one by their parts file. */
    public static StoredFiles archive(Path file) throws IOException {
        return PartsFile.isPartsFile(file) ? TarMembers.of(PartsFile.read(file)) : TarMembers.of(file);
    }

    /** Finds a file; empty if it does not exist. */
    public abstract Optional<Stored> find(String path) throws IOException;

    /** Returns the sorted paths of all files below a directory, as far as they can be listed. */
    public List<String> below(String directory) {
        return List.of();
    }

    @Override
    public abstract void close() throws IOException;

    /** A file, which can be read several times. */
    public interface Stored {
        long size() throws IOException;

        InputStream open() throws IOException;
    }

    public final Stored file(String path) throws IOException {
        return find(path).orElseThrow(() -> new NoSuchFileException(place, null, "has no " + Printable.of(path)));
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

    /** Returns the list of images of a docker-archive. */
    public final JsonNode dockerList() throws IOException {
        if (find(DOCKER_LIST).isPresent()) {
            return document(DOCKER_LIST);
        }
        throw find(OCI_INDEX).isPresent()
                ? PlacedException.at(
                        place,
                        " is an OCI archive and not a docker-archive, because it has index.json and not"
                                + " manifest.json; read it as one (OciLayout.archive), or as oci-archive: in images/skopeo/tar.txt")
                : PlacedException.at(
                        place,
                        " is not a docker-archive, because it has no manifest.json; write it with" + " 'docker save'");
    }

    /** Returns the index of an OCI layout. */
    public final JsonNode ociIndex() throws IOException {
        if (find(OCI_INDEX).isPresent()) {
            return document(OCI_INDEX);
        }
        if (find(DOCKER_LIST).isPresent()) {
            throw PlacedException.at(
                    place,
                    " is a docker-archive and not an OCI layout, because it has manifest.json and not"
                            + " index.json; read it as one (DockerArchive), or as docker-archive: in"
                            + " images/skopeo/tar.txt");
        }
        throw PlacedException.at(place, " is not an OCI layout, because it has no index.json; " + otherUse());
    }

    /** Returns the fix for files that are no layout. */
    protected String otherUse() {
        return "write it with skopeo, buildah or docker buildx";
    }

    /** Checks that a path is an archive and not a directory. */
    public static void requireFile(Path archive) throws IOException {
        if (!Files.exists(archive)) {
            String whole = archive.getFileName() + PartsFile.ENDING;
            throw new NoSuchFileException(
                    archive.toString(),
                    null,
                    Files.exists(archive.resolveSibling(whole))
                            ? "there is no such archive, but its parts; name " + whole
                            : "there is no such archive; check the path");
        }
        Optional<Path> parts = PartsFile.ofPart(archive);
        if (parts.isPresent()) {
            throw PlacedException.at(
                    archive, " is one part of an archive; name " + parts.get().getFileName());
        }
        if (Files.isDirectory(archive)) {
            throw PlacedException.at(
                    archive,
                    " is a directory, not an archive; "
                            + (RequiredPath.isContext(archive)
                                    ? "build an image from it (ClusterImageBuilder.context)"
                                    : "read it as an OCI layout (OciLayout.directory)"));
        }
    }

    public final IOException broken(String path, IOException why) {
        return PlacedException.at(
                place, Printable.message(": " + path + " " + why.getMessage() + "; write the image again"), why);
    }

    public final IOException broken(String path, String why) {
        return broken(path, new IOException(why));
    }

    /** Returns the name for messages. */
    @Override
    public final String toString() {
        return place;
    }
}
