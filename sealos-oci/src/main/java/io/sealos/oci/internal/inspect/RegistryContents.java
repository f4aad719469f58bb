package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.delta.DeltaFiles;
import io.sealos.oci.internal.delta.DeltaNeeds;
import io.sealos.oci.internal.delta.Need;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.TarEntries;
import io.sealos.oci.internal.read.TarEntry;
import io.sealos.oci.internal.read.Whiteouts;
import io.sealos.oci.internal.recipe.BaseLayer;
import io.sealos.oci.internal.tree.LayerOrder;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.ScannedBase;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files below {@code registry/} of an image. They are collected from its layers, the lowest first, in one pass for
 * each layer. An upper layer replaces files of the lower ones, and deletes them with <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts">whiteouts</a>.
 */
final class RegistryContents {
    private static final String DIRECTORY = "registry/";
    private static final String TAGS = "/_manifests/tags/";
    private static final int MAX_DEPTH = 32;
    private static final int MOST_FILES = 500_000;
    private static final int MAX_LINK = 200;
    private static final long MAX_DOCUMENTS = 64L << 20;

    private static final String V2 = "docker/registry/v2/";

    private final Found whole = new Found();

    private final @Nullable ApplicationFiles application;
    private final boolean hashed;
    private @Nullable DeltaNeeds needs;
    private long documentBytes;

    /** Creates an instance that computes the digests of all blobs if there are application files. */
    RegistryContents(@Nullable ApplicationFiles application) {
        this(application, application != null);
    }

    RegistryContents(@Nullable ApplicationFiles application, boolean hashed) {
        this.application = application;
        this.hashed = hashed;
    }

    /** {@return the files of an image that is built} */
    static RegistryContents of(PlannedImage plan) throws IOException {
        RegistryContents contents = new RegistryContents(null);
        ScannedBase base = plan.base();
        for (BaseLayer layer :
                base == null ? List.<BaseLayer>of() : base.image().layers()) {
            try (BufferedInputStream stored = Compression.buffered(new InterruptibleInput(layer.open()));
                    InputStream tar =
                            Compression.buffered(Compression.of(stored).decompress(stored))) {
                contents.addLayer(new TarEntries(tar));
            }
        }
        for (PlannedStep step : LayerOrder.layers(plan)) {
            contents.addTree(step.requireLayer());
        }
        return contents;
    }

    void addLayer(TarEntries entries) throws IOException {
        Found added = new Found();
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            String path = path(entry.name());
            if (isWhiteout(path)) {
                remove(path);
            } else if (path.startsWith(DIRECTORY)) {
                add(path, entry, entries, added);
            } else if (path.equals(DeltaFiles.NEEDS) && entry.isFile()) {
                needs = DeltaNeeds.read(entries.content(), entry.size());
            } else if (isLinkElsewhere(path)) {
                added.elsewhere.add(path);
            } else if (application != null && entry.isFile() && application.takes(path)) {
                application.add(path, entries.content());
            }
            if (whole.files.size() + added.files.size() > MOST_FILES) {
                throw new IOException("there are more than " + MOST_FILES + " files below " + DIRECTORY);
            }
        }
        whole.add(added);
        if (application != null) {
            application.endLayer();
        }
    }

    /**
     * Adds the files of a tree, as a layer. A file whose content is not there yet is a layer of which the manifest says
     * whether it is compressed.
     */
    void addTree(TreeNode root) throws IOException {
        Found added = new Found();
        addTree("", root, added);
        whole.add(added);
    }

    private void addTree(String path, TreeNode node, Found added) throws IOException {
        if (isWhiteout(path)) {
            remove(path);
        } else if (node.isDirectory()) {
            if ((path + "/").endsWith(TAGS)) {
                added.tagDirectories.add(path + "/");
            }
            for (Map.Entry<String, TreeNode> child : node.children().entrySet()) {
                String name = path.isEmpty() ? child.getKey() : path + "/" + child.getKey();
                if ((name + "/").startsWith(DIRECTORY) || isWhiteout(name)) {
                    addTree(name, child.getValue(), added);
                }
            }
        } else if (node.kind() == TreeNode.Kind.FILE) {
            added.files.put(path, read(path, node));
        }
    }

    private RegistryFile read(String path, TreeNode file) throws IOException {
        long size = file.content().size();
        try (InputStream content = file.content().open()) {
            return read(path, size, content);
        } catch (NoSuchFileException e) {
            return RegistryFile.unread(size);
        }
    }

    private static String path(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static boolean isWhiteout(String path) {
        return path.startsWith(Whiteouts.PREFIX, path.lastIndexOf('/') + 1);
    }

    private void remove(String whiteout) {
        int name = whiteout.lastIndexOf('/') + 1;
        String directory = whiteout.substring(0, name);
        String removed = whiteout.endsWith(Whiteouts.OPAQUE)
                ? directory
                : directory + whiteout.substring(name + Whiteouts.PREFIX.length()) + "/";
        if (application != null) {
            application.remove(removed);
        }
        if (!removed.equals(directory)) {
            whole.files.remove(removed.substring(0, removed.length() - 1));
        }
        whole.removeBelow(removed);
    }

    private static boolean isLinkElsewhere(String path) {
        return path.endsWith("/link") && (path.startsWith(V2) || path.contains("/" + V2));
    }

    private void add(String path, TarEntry entry, TarEntries entries, Found added) throws IOException {
        if (entry.isLink()) {
            String target = path(entry.linkName());
            RegistryFile linked = added.files.getOrDefault(target, whole.files.get(target));
            if (linked != null) {
                added.files.put(path, linked);
            }
        } else if (entry.isFile()) {
            added.files.put(path, read(path, entry.size(), entries.content()));
        } else if (entry.isDirectory() && path.endsWith(TAGS)) {
            added.tagDirectories.add(path);
        }
    }

    /** Adds a directory of the file system, as the only layer. */
    void addDirectory(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory.resolve(V2), MAX_DEPTH)) {
            for (Path file : (Iterable<Path>) paths.sorted()::iterator) {
                String path = DIRECTORY + directory.relativize(file).toString().replace('\\', '/');
                if (Files.isDirectory(file) && (path + "/").endsWith(TAGS)) {
                    whole.tagDirectories.add(path + "/");
                } else if (Files.isRegularFile(file)) {
                    addFile(path, file);
                }
            }
        }
    }

    private void addFile(String path, Path file) throws IOException {
        if (whole.files.size() == MOST_FILES) {
            throw new IOException("there are more than " + MOST_FILES + " files below " + file);
        }
        try (InputStream content = new InterruptibleInput(Files.newInputStream(file))) {
            whole.files.put(path, read(path, Files.size(file), content));
        }
    }

    private RegistryFile read(String path, long size, InputStream content) throws IOException {
        if (path.endsWith("/link") && size <= MAX_LINK) {
            return RegistryFile.link(new String(content.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
        return path.endsWith("/data") ? blob(path, size, content) : RegistryFile.blob(size);
    }

    /** Reads a blob, and keeps manifests and configurations in a short form, up to a limit of their total size. */
    private RegistryFile blob(String path, long size, InputStream content) throws IOException {
        String algorithm = path.contains("/blobs/sha512/") ? "sha512" : "sha256";
        MessageDigest hash = Digests.start(algorithm);
        BufferedInputStream stored = Compression.buffered(hashed ? new DigestInputStream(content, hash) : content);
        boolean compressed = Compression.of(stored) != Compression.NONE;
        RegistryDocument document = RegistryDocument.read(algorithm, size, stored);
        documentBytes += document == null ? 0 : size;
        if (documentBytes > MAX_DOCUMENTS) {
            throw new IOException("the manifests below " + DIRECTORY + " have more than " + MAX_DOCUMENTS + " bytes");
        }
        return new RegistryFile(size, "", hashed ? rest(algorithm, hash, stored) : null, compressed, document, false);
    }

    private static Digest rest(String algorithm, MessageDigest hash, InputStream hashed) throws IOException {
        hashed.transferTo(OutputStream.nullOutputStream());
        return Digests.finish(algorithm, hash);
    }

    /** {@return the blobs that the site must have, if this is a delta image} */
    Optional<DeltaNeeds> needs() {
        return Optional.ofNullable(needs);
    }

    /** {@return the images, in which a delta image has the blobs that the site must have} */
    ContainedImages images() {
        return new ContainedImages(complete().files);
    }

    /** {@return the registry directory, in which a delta image has the blobs that the site must have} */
    RegistryView view() {
        Found complete = complete();
        return new RegistryView(complete.files, complete.tagDirectories);
    }

    RegistryCheck check(Platform platform) {
        return new RegistryCheck(view(), whole.elsewhere, platform, needs());
    }

    private Found complete() {
        for (Need need : needs == null ? List.<Need>of() : needs.blobs()) {
            whole.files.putIfAbsent(
                    RegistryView.blobPath(need.digest()), RegistryFile.needed(need.size(), need.digest()));
        }
        return whole;
    }

    /** The files of one layer, or of all layers. */
    private static final class Found {
        final TreeMap<String, RegistryFile> files = new TreeMap<>();
        /** Directories of tags, which may be empty. */
        final TreeSet<String> tagDirectories = new TreeSet<>();
        /** Links in registry directories at other paths. */
        final TreeSet<String> elsewhere = new TreeSet<>();

        void add(Found upper) {
            files.putAll(upper.files);
            tagDirectories.addAll(upper.tagDirectories);
            elsewhere.addAll(upper.elsewhere);
        }

        void removeBelow(String directory) {
            files.subMap(directory, directory + Character.MAX_VALUE).clear();
            tagDirectories.subSet(directory, directory + Character.MAX_VALUE).clear();
            elsewhere.subSet(directory, directory + Character.MAX_VALUE).clear();
        }
    }
}
