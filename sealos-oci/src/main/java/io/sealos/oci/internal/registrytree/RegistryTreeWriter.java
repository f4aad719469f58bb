package io.sealos.oci.internal.registrytree;

import io.sealos.images.Digest;
import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.NotWrittenException;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.progress.CountedInputStream;
import io.sealos.oci.internal.progress.FileReport;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Writes saved images into a {@code registry/} directory. Each file is complete or absent, and appears after the files
 * to which it points. Files of an earlier call that no image needs any longer are removed at the end.
 */
public final class RegistryTreeWriter {
    private static final String PREFIX = "registry/";
    /** The file that lists the files of the last call. Only these are removed when no image needs them. */
    private static final String RECORD = "docker/registry/saved-files";

    /** The directory of incomplete files. What a killed process left is deleted by the next call. */
    private static final String PARTS = ".saving-";

    private static final int PARALLEL = 4;

    private final Path directory;
    private final Path parts;
    private final WorkPool pool;
    private final BuildListener listener;

    private RegistryTreeWriter(Path directory, Path parts, WorkPool pool, BuildListener listener) {
        this.directory = directory;
        this.parts = parts;
        this.pool = pool;
        this.listener = listener;
    }

    /** Throws an exception if no files can be created in a {@code registry} directory. */
    public static void check(Path directory) throws IOException {
        RequiredPath.writableDirectory(directory);
        RequiredPath.writableDirectory(directory.resolve(RECORD).resolveSibling("."));
    }

    /**
     * Writes files.
     *
     * @param files the files, whose paths begin with {@code registry/}
     * @param directory the {@code registry} directory
     * @param executor the executor of the caller; empty for threads that end with the call
     * @param listener receives the progress of blobs
     */
    public static void write(
            List<VirtualFile> files, Path directory, Optional<Executor> executor, BuildListener listener)
            throws IOException, InterruptedException {
        Path record = directory.resolve(RECORD);
        SortedSet<String> paths =
                files.stream().map(RegistryTreeWriter::path).collect(Collectors.toCollection(TreeSet::new));
        SortedSet<String> before =
                Files.isRegularFile(record) ? new TreeSet<>(Files.readAllLines(record)) : new TreeSet<>();
        SortedSet<String> either = new TreeSet<>(before);
        either.addAll(paths);
        Path parent = Files.createDirectories(record.resolveSibling("."));
        try (TemporaryDirectory parts = TemporaryDirectory.create(parent.normalize(), PARTS);
                WorkPool pool = WorkPool.of(PARALLEL, executor)) {
            writeRecord(record, either, parts.path());
            new RegistryTreeWriter(directory, parts.path(), pool, listener).write(files);
            before.removeAll(paths);
            new RegistryPruning(directory).remove(before);
            writeRecord(record, paths, parts.path());
        }
    }

    /** {@return the sizes of the blobs among the files, whose progress is reported} */
    public static List<Long> sizes(List<VirtualFile> files) {
        return files.stream()
                .filter(RegistryTreeWriter::isBlob)
                .map(VirtualFile::size)
                .toList();
    }

    private static void writeRecord(Path record, SortedSet<String> paths, Path parts) throws IOException {
        AtomicFile.write(record, (String.join("\n", paths) + "\n").getBytes(StandardCharsets.UTF_8), parts);
    }

    private static String path(VirtualFile file) {
        return file.path().substring(PREFIX.length());
    }

    private void write(List<VirtualFile> files) throws IOException, InterruptedException {
        SortedMap<Integer, List<VirtualFile>> ranks = files.stream()
                .collect(Collectors.groupingBy(RegistryTreeWriter::rank, TreeMap::new, Collectors.toList()));
        for (List<VirtualFile> rank : ranks.values()) {
            writeAll(rank);
        }
    }

    private void writeAll(List<VirtualFile> files) throws IOException, InterruptedException {
        List<Exception> failures = pool.forEach(files, this::write).values().stream()
                .flatMap(result -> result.failure().stream())
                .toList();
        if (!failures.isEmpty()) {
            IOException all = new IOException(failures.get(0).getMessage(), failures.get(0));
            failures.stream().skip(1).forEach(all::addSuppressed);
            throw all;
        }
    }

    private Path write(VirtualFile file) throws IOException {
        Path target = directory.resolve(path(file));
        FileReport report = new FileReport(isBlob(file) ? listener : BuildListener.NONE, path(file), file.size());
        boolean there = has(target, file);
        if (!there) {
            copy(file, target, report);
        }
        report.finished(there);
        return target;
    }

    private void copy(VirtualFile file, Path target, FileReport report) throws IOException {
        try (InputStream content = new CountedInputStream(new InterruptibleInput(file.open()), report::written)) {
            Files.createDirectories(target.resolveSibling("."));
            write(content, target);
        }
    }

    private void write(InputStream content, Path target) throws IOException {
        try {
            AtomicFile.write(target, content, parts);
        } catch (InterruptedIOException | ClosedByInterruptException | FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw NotWrittenException.of("", directory, "", e);
        }
    }

    /** Returns the order of a file: blobs, then links to them, then tags. */
    private static int rank(VirtualFile file) {
        if (isBlob(file)) {
            return 0;
        }
        return file.path().endsWith("/current/link") ? 2 : 1;
    }

    private static boolean isBlob(VirtualFile file) {
        return file.path().endsWith("/data");
    }

    /**
     * Returns whether the target has the content of a file. The target is read, since a damaged file would otherwise be
     * kept.
     */
    private static boolean has(Path target, VirtualFile file) throws IOException {
        if (!Files.isRegularFile(target) || Files.size(target) != file.size()) {
            return false;
        }
        if (isBlob(file)) {
            Digest digest = Digest.parse(String.valueOf(file.identity()));
            return digest(target, digest.algorithm()).equals(digest);
        }
        try (InputStream wanted = file.open()) {
            return Files.readString(target).equals(new String(wanted.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Digest digest(Path blob, String algorithm) throws IOException {
        MessageDigest hash = Digests.start(algorithm);
        try (InputStream content = new DigestInputStream(new InterruptibleInput(Files.newInputStream(blob)), hash)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return Digests.finish(algorithm, hash);
    }
}
