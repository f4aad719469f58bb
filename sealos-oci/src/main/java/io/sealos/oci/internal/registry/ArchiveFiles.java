package io.sealos.oci.internal.registry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of an image archive or image layout, by path, with their contents taken into the store in one pass. */
final class ArchiveFiles {
    private static final int MOST_ENTRIES = 100_000;

    private final Path source;
    private final ContentStore store;
    private final Map<String, ContentStore.Blob> files = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();

    private ArchiveFiles(Path source, ContentStore store) {
        this.source = source;
        this.store = store;
    }

    static ArchiveFiles read(Path source, ContentStore store) throws IOException {
        ArchiveFiles files = new ArchiveFiles(source, store);
        if (Files.isDirectory(source)) {
            files.addFolder();
        } else {
            files.addTar();
        }
        return files;
    }

    ContentStore.Blob file(String name) throws IOException {
        String path = normal(name);
        for (int hops = 0; hops < 10 && links.containsKey(path); hops++) {
            path = links.getOrDefault(path, "");
        }
        ContentStore.Blob blob = files.get(path);
        if (blob == null) {
            throw new IOException(source.getFileName() + " has no " + name + "; write the archive anew");
        }
        return blob;
    }

    boolean has(String name) {
        return files.containsKey(name);
    }

    byte[] document(String name) throws IOException {
        return store.document(file(name).digest()).orElseThrow();
    }

    InputStream open(String name) throws IOException {
        return store.open(file(name).digest());
    }

    private void addFolder() throws IOException {
        try (Stream<Path> paths = Files.walk(source, 3)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile).sorted()::iterator) {
                try (InputStream content = Files.newInputStream(path)) {
                    add(source.relativize(path).toString().replace('\\', '/'), content);
                }
            }
        }
    }

    private void addTar() throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(source), 1 << 16);
                InputStream plain = isGzip(raw) ? new GZIPInputStream(raw, 1 << 16) : raw;
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw new IOException(source.getFileName() + " has more than " + MOST_ENTRIES + " entries");
                }
                add(tar, entry);
            }
        }
    }

    private void add(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        String name = normal(entry.getName());
        if (entry.isSymbolicLink()) {
            int slash = name.lastIndexOf('/');
            links.put(name, normal(name.substring(0, slash + 1) + entry.getLinkName()));
        } else if (entry.isLink()) {
            links.put(name, normal(entry.getLinkName()));
        } else if (entry.isFile()) {
            add(name, tar);
        }
    }

    private void add(String name, InputStream content) throws IOException {
        String algorithm = name.startsWith("blobs/sha512/") ? "sha512" : "sha256";
        files.put(name, store.put(content, algorithm));
    }

    static boolean isGzip(InputStream content) throws IOException {
        content.mark(2);
        boolean gzip = content.read() == 0x1f && content.read() == 0x8b;
        content.reset();
        return gzip;
    }

    private static String normal(String name) {
        String path = Path.of("/" + name).normalize().toString().replace('\\', '/');
        return path.substring(path.indexOf('/') + 1);
    }
}
