package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sealos.images.StandardDirectory;
import io.sealos.images.VirtualContext;
import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.read.FileRange;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Extracts the files of an image, without its registry directory, so that they can be scanned with the commands of the
 * image as a context. They are put one after the other into a single file, because creating one file for each takes
 * longer than everything else. Links are left out. Of a program, and of a file that is too large for every scan, only
 * the beginning is extracted.
 */
public final class ApplicationFiles implements Closeable {
    private static final List<String> DIRECTORIES =
            List.of(StandardDirectory.CHARTS + "/", StandardDirectory.MANIFESTS + "/", StandardDirectory.SHIM + "/");

    private static final String REGISTRY = StandardDirectory.REGISTRY + "/";
    private static final long MOST_BYTES = 4L << 30;
    /** No scan reads a larger file, except for charts, of which those in the directory of charts are whole. */
    private static final long LARGEST = (64L << 20) + 1;

    private static final int BEGINNING = 1 << 13;
    private static final int BEGINNING_OF_PROGRAM = 1 << 9;

    private final Path store;
    private final FileChannel out;
    private final SortedMap<String, Extracted> files = new TreeMap<>();
    private final Map<String, Extracted> added = new LinkedHashMap<>();
    private final List<String> removed = new ArrayList<>();
    private JsonNode config = MissingNode.getInstance();

    /** A file, or its beginning, in the store. */
    private record Extracted(long offset, long size) {}

    /** Creates an instance that extracts into a scratch directory of the caller. */
    public ApplicationFiles(Path scratch) throws IOException {
        this.store = scratch.resolve("files");
        this.out = FileChannel.open(store, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** {@return a context with the files of all layers, which can be read as long as the scratch directory is there} */
    public Path context() throws IOException {
        VirtualContext.Builder context = VirtualContext.builder();
        for (Map.Entry<String, Extracted> file : files.entrySet()) {
            give(context, file.getKey(), file.getValue());
        }
        return context.build().path();
    }

    private void give(VirtualContext.Builder context, String path, Extracted file) throws IOException {
        if (isName(path)) {
            context.file(path, () -> FileRange.open(store, file.offset(), file.size()));
        } else if (mayNameImages(path)) {
            throw new IOException(Printable.message("'" + path + "' cannot be scanned: no file of this machine can have"
                    + " this name; give it another name, or start the process with LC_ALL=C.UTF-8"));
        }
    }

    /**
     * {@return whether a context can have a file of this name, and this machine too, for what reads it from the disk}
     */
    private boolean isName(String path) {
        try {
            VirtualContext.builder().file(path, "");
            return !store.resolveSibling(path).equals(store);
        } catch (IllegalArgumentException e) {
            // InvalidPathException is one, too.
            return false;
        }
    }

    /** {@return the stored configuration of the image, whose commands apply the files} */
    public JsonNode config() {
        return config;
    }

    void config(JsonNode stored) {
        config = stored;
    }

    boolean takes(String path) {
        List<String> names = List.of(path.split("/", -1));
        return !path.startsWith(REGISTRY) && !names.contains("..") && !path.contains("\0");
    }

    private static boolean mayNameImages(String path) {
        return DIRECTORIES.stream().anyMatch(path::startsWith);
    }

    void add(String path, InputStream content) throws IOException {
        byte[] beginning = content.readNBytes(BEGINNING);
        long offset = out.position();
        write(new ByteArrayInputStream(beginning), kept(path, beginning), content);
        added.put(path, new Extracted(offset, out.position() - offset));
    }

    /** {@return the maximum number of bytes of a file that are extracted} */
    private static long kept(String path, byte[] beginning) {
        if (mayNameImages(path)) {
            return Long.MAX_VALUE;
        }
        boolean isChart = path.endsWith(".tgz") || path.endsWith(".tar.gz");
        return isChart || isText(beginning) ? LARGEST : BEGINNING_OF_PROGRAM;
    }

    private void write(InputStream beginning, long most, InputStream rest) throws IOException {
        InputStream bytes = FileRange.within(new SequenceInputStream(beginning, rest), 0, most);
        bytes.transferTo(Channels.newOutputStream(out));
        if (out.position() > MOST_BYTES) {
            throw new IOException("the texts, charts and manifests of the image have more than " + MOST_BYTES
                    + " bytes, which are not scanned");
        }
    }

    private static boolean isText(byte[] beginning) {
        for (byte one : beginning) {
            if (one == 0) {
                return false;
            }
        }
        return true;
    }

    /** Removes a path of the lower layers, and everything below it, at the end of the current layer. */
    void remove(String path) {
        removed.add(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    void endLayer() {
        removed.forEach(this::drop);
        added.forEach((path, file) -> {
            drop(path);
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                files.remove(path.substring(0, slash));
            }
            files.put(path, file);
        });
        removed.clear();
        added.clear();
    }

    /** Drops a file, or the files below a directory; all files if the path is empty. */
    private void drop(String path) {
        if (path.isEmpty()) {
            files.clear();
        }
        files.remove(path);
        files.subMap(path + "/", path + (char) ('/' + 1)).clear();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
