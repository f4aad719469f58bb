package io.sealos.oci.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.text.Count;
import io.sealos.internal.text.Printable;
import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.progress.VerifiedBlob;
import io.sealos.oci.internal.store.ImageProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parts file of an archive, which lists its parts in their order.
 *
 * @param file the parts file
 * @param digest the digest of the whole archive
 */
public record PartsFile(Path file, Digest digest, List<Part> parts) {
    /** The ending of the names of parts files. */
    public static final String ENDING = ".parts.json";

    /** The maximum number of parts of an archive. */
    public static final int MOST_PARTS = 10_000;

    /** No part is larger, so that sums do not overflow. */
    private static final long LARGEST_PART = 1L << 48;

    private static final int BUFFER = 1 << 18;

    public PartsFile {
        parts = List.copyOf(parts);
    }

    /**
     * A part that is missing or damaged.
     *
     * @param number its number, from 1
     */
    public record Damage(int number, String name, String problem) {
        @Override
        public String toString() {
            return name + " " + problem;
        }
    }

    /** A part of an archive. */
    public record Part(String name, long size, Digest digest) {}

    /** Returns whether a path is that of a parts file. */
    public static boolean isPartsFile(Path file) {
        return String.valueOf(file.getFileName()).endsWith(ENDING);
    }

    /** Returns the parts file beside a file whose name is that of a part; empty if there is none. */
    static Optional<Path> ofPart(Path file) {
        String name = String.valueOf(file.getFileName());
        int number = name.lastIndexOf('.') + 1;
        boolean isPart = number > 1
                && number < name.length()
                && name.substring(number).chars().allMatch(it -> it >= '0' && it <= '9');
        Path parts = file.resolveSibling(name.substring(0, Math.max(0, number - 1)) + ENDING);
        return Optional.of(parts).filter(it -> isPart && Files.exists(it));
    }

    /** Reads a parts file. */
    public static PartsFile read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(
                    file.toString(),
                    null,
                    "there is no such parts file; it is written last, when all parts are complete");
        }
        RequiredPath.fileOrNothing(file, "name the parts file of an archive, such as app.tar" + ENDING);
        try (InputStream content = Files.newInputStream(file)) {
            return parse(file, Documents.object(Documents.bytes(content)));
        } catch (IllegalArgumentException e) {
            throw broken(file, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw broken(file, String.valueOf(e.getMessage()));
        }
    }

    private static ImageProblemException broken(Path file, String problem) {
        return ImageProblemException.at(
                file,
                Printable.message(" is not a valid parts file: " + problem),
                "copy it again, or write the archive again");
    }

    /**
     * Returns whether the parts of an archive can have a name that begins with this one on all file systems to which
     * they may be copied.
     */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(PartsFile::isForbidden);
    }

    private static PartsFile parse(Path file, JsonNode document) {
        JsonNode listed = document.path("parts");
        if (!listed.isArray() || listed.isEmpty() || listed.size() > MOST_PARTS) {
            throw new IllegalArgumentException("it must list 1 to " + MOST_PARTS + " parts");
        }
        List<Part> parts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode part : listed) {
            Part read = part(part);
            if (!isPossible(file, read.name())) {
                throw new IllegalArgumentException(
                        "\"" + read.name() + "\" cannot be the name of a file on this system");
            }
            if (!names.add(read.name())) {
                throw new IllegalArgumentException("it lists " + read.name() + " twice");
            }
            parts.add(read);
        }
        PartsFile read =
                new PartsFile(file, Digest.parse(document.path("digest").asText()), parts);
        if (read.size() != document.path("size").asLong(-1)) {
            throw new IllegalArgumentException("the sizes of its parts are " + Count.of(read.size(), "byte")
                    + " together and not " + document.path("size").asText());
        }
        return read;
    }

    /** Returns whether a file of this system can have a name, which may have half a character. */
    private static boolean isPossible(Path file, String name) {
        try {
            return file.resolveSibling(name).endsWith(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Part part(JsonNode part) {
        String name = part.path("name").asText();
        if (name.equals(".") || name.equals("..") || !isName(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not the name of a file beside it");
        }
        JsonNode size = part.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.asLong() < 1 || size.asLong() > LARGEST_PART) {
            throw new IllegalArgumentException("the size of " + name + " is not a number of bytes");
        }
        return new Part(name, size.asLong(), Digest.parse(part.path("digest").asText()));
    }

    // A colon names a drive or a stream of a file on Windows.
    private static boolean isForbidden(int character) {
        return character < ' ' || "/\\:".indexOf(character) >= 0;
    }

    /** Returns the size of the whole archive. */
    public long size() {
        return parts.stream().mapToLong(Part::size).sum();
    }

    /** Returns the file of a part. */
    Path path(Part part) {
        return file.resolveSibling(part.name());
    }

    /** Reads all parts, and returns those whose sizes or digests differ. */
    public List<Damage> damages(BuildListener listener) throws IOException {
        List<Damage> damages = new ArrayList<>();
        try (PhaseRun phase = PhaseRun.start(listener, BuildPhase.VERIFY, parts.size(), size())) {
            for (Part part : parts) {
                VerifiedBlob report = new VerifiedBlob(listener, part.name(), part.size());
                Optional<String> problem = problem(part, report);
                problem.ifPresent(it -> damages.add(new Damage(parts.indexOf(part) + 1, part.name(), it)));
                report.finished();
            }
            phase.complete();
        }
        return damages;
    }

    private Optional<String> problem(Part part, VerifiedBlob report) throws IOException {
        Path path = path(part);
        if (!Files.isRegularFile(path)) {
            return Optional.of(Files.exists(path) ? "is not a file" : "is missing");
        }
        long size = Files.size(path);
        if (size != part.size()) {
            return Optional.of("has " + Count.of(size, "byte") + " instead of " + part.size());
        }
        Digest actual = digest(path, part.digest().algorithm(), report);
        return actual.equals(part.digest())
                ? Optional.empty()
                : Optional.of("is damaged: its digest is " + actual + " instead of " + part.digest());
    }

    private static Digest digest(Path path, String algorithm, VerifiedBlob report) throws IOException {
        MessageDigest hash = Digests.start(algorithm);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = report.counted(new InterruptibleInput(Files.newInputStream(path)))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
            }
        }
        return Digests.finish(algorithm, hash);
    }

    /** Throws an exception that names all parts which are missing or damaged. */
    void requireComplete() throws IOException {
        List<Damage> found = damages(BuildListener.NONE);
        if (!found.isEmpty()) {
            String damages = found.stream().map(Damage::toString).collect(Collectors.joining(", "));
            String numbers = found.stream()
                    .map(damage -> String.valueOf(damage.number()))
                    .collect(Collectors.joining(", "));
            throw ImageProblemException.at(
                    file,
                    " cannot be read: " + damages,
                    found.size() == 1
                            ? "copy this part again, or write only part " + numbers + " again (ArchiveParts.only)"
                            : "copy these parts again, or write only parts " + numbers + " again (ArchiveParts.only)");
        }
    }
}
