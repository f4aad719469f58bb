package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.PlacedException;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.text.FileFailures;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.inspect.BlobInventory;
import io.sealos.oci.internal.inspect.SiteBlobs;
import io.sealos.oci.internal.work.Interruptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The blobs that the registry of a site has already, from which a {@linkplain ClusterImageBuilder delta image} is
 * built: those of an image that was loaded there, of its lock, or of an inventory of the registry. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class DeltaBase {
    /** The size in bytes of the largest inventory that is read. */
    private static final long LARGEST = 256L << 20;

    private final List<SiteBlobs> blobs;
    private final List<Path> files;

    private DeltaBase(List<SiteBlobs> blobs) {
        this(blobs, List.of());
    }

    /**
     * Creates a base.
     *
     * @param files the files or directories of the base, which the delta image must not replace
     */
    private DeltaBase(List<SiteBlobs> blobs, List<Path> files) {
        this.blobs = List.copyOf(blobs);
        this.files = List.copyOf(files);
    }

    /**
     * Reads the base from the only image of a source.
     *
     * @param source a cluster image that was loaded at the site, or a {@link RegistryDirectory} that was copied to it
     * @return the base, for all platforms of the image
     * @throws ImageChoiceException if the source has several images, or none
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static DeltaBase of(ImageSource source) throws IOException {
        return of(source, ImageChoice.any());
    }

    /**
     * Reads the base from an image of a source. The base has the blobs that reach the registry of a site when sealos
     * loads the image there. A delta image has those of the full image, because its guard checks them.
     *
     * @param source a cluster image that was loaded at the site, or a {@link RegistryDirectory} that was copied to it,
     *     of which nothing is chosen
     * @param choice the choice of one of its images
     * @return the base, for all platforms of the image that match the choice
     * @throws ImageChoiceException if the choice matches several images or none
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static DeltaBase of(ImageSource source, ImageChoice choice) throws IOException {
        Interruptions.check("the base was read");
        return FileFailures.explained(
                source,
                () -> new DeltaBase(
                        source.siteBlobs(choice, Site.ofAnyHost().hosts()),
                        source instanceof ImageTarget target ? target.paths() : List.of()));
    }

    /**
     * {@return the base of a lock that lists the blobs of its image}
     *
     * @param lock the lock of a build with {@link ClusterImageBuilder ClusterImageBuilder.lockBlobs} whose image was
     *     loaded at the site
     * @throws IllegalArgumentException if it lists no blobs
     */
    public static DeltaBase of(ImageLock lock) {
        Map<Platform, Map<String, List<Digest>>> blobs = new LinkedHashMap<>();
        lock.blobs()
                .forEach(part -> blobs.computeIfAbsent(part.platform(), added -> new TreeMap<>())
                        .put(part.repository(), part.digests()));
        if (blobs.isEmpty()) {
            throw new IllegalArgumentException(
                    "the lock lists no blobs, from which a delta is computed; write it with the blobs (lockBlobs), or"
                            + " read the base from its image");
        }
        List<SiteBlobs> parts = new ArrayList<>();
        blobs.forEach((platform, repositories) -> {
            BlobInventory inventory = BlobInventory.of(repositories);
            Digest digest = Digests.sha256(inventory.toText());
            parts.add(new SiteBlobs("lock", digest, Optional.of(platform), inventory));
        });
        return new DeltaBase(parts);
    }

    /**
     * Reads an inventory of the registry of a site, which {@link #writeTo} or this command has written at the site:
     *
     * <pre>{@code
     * (cd /var/lib/registry && find docker/registry/v2 -name link -o -name data) > site.txt
     * }</pre>
     *
     * <p>It has a path in each line. The registry has a blob in a repository if there are both the data of the blob and
     * a link of the repository. Other files of a registry are ignored, as are directories above
     * {@code docker/registry/v2}, and the order does not matter.
     *
     * @param file a file of at most 256 MiB
     * @return the base, for all platforms
     * @throws IOException if the file cannot be read, is larger, is not an inventory, or has no blob
     */
    public static DeltaBase inventory(Path file) throws IOException {
        RequiredPath.file(file, "name the file of an inventory");
        return FileFailures.explained(file, () -> read(file));
    }

    private static DeltaBase read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw broken(file, "is larger than " + LARGEST + " bytes", null);
        }
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            BlobInventory inventory = BlobInventory.read(text);
            if (inventory.isEmpty()) {
                throw new IOException("has no blob of a registry");
            }
            Digest digest = Digests.sha256(inventory.toText());
            return new DeltaBase(List.of(new SiteBlobs("inventory", digest, Optional.empty(), inventory)));
        } catch (MalformedInputException e) {
            throw broken(file, "is not a text in UTF-8", e);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw broken(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static IOException broken(Path file, String problem, @Nullable IOException cause) {
        return PlacedException.at(
                file, " " + problem + "; write the inventory again with its command (DeltaBase.inventory)", cause);
    }

    /**
     * {@return the digests that identify this base: those of the manifests of the image, one for each platform, or the
     * SHA-256 digest of the sorted inventory, for each platform of a lock}
     */
    public List<Digest> digests() {
        return blobs.stream().map(SiteBlobs::digest).toList();
    }

    /**
     * Writes the inventory of this base, which {@link #inventory} reads. It takes the place of the image, which may be
     * large, for later builds. The file appears under its name when it is complete, and replaces an existing one.
     *
     * @param file the file, in a directory that exists
     * @throws IOException if the file cannot be written
     * @throws IllegalStateException if this base has several platforms; choose one with {@link ImageChoice#platform}
     */
    public void writeTo(Path file) throws IOException {
        if (blobs.size() != 1) {
            throw new IllegalStateException(
                    "the base " + this + " has several platforms; choose one of them (ImageChoice.platform)");
        }
        RequiredPath.fileOrNothing(file, "name the file of an inventory");
        byte[] text = blobs.get(0).inventory().toText().getBytes(StandardCharsets.UTF_8);
        FileFailures.explained(file, () -> {
            AtomicFile.write(file, text);
            return file;
        });
    }

    /** {@return whether a site with nodes of a platform has a blob in a repository} */
    boolean has(String repository, Digest digest, Platform platform) {
        return blobs.stream()
                .anyMatch(part -> part.isFor(platform) && part.inventory().has(repository, digest));
    }

    /** {@return the files or directories of the base} */
    List<Path> files() {
        return files;
    }

    /** {@return the blobs for each platform} */
    List<SiteBlobs> blobs() {
        return blobs;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeltaBase that && blobs.equals(that.blobs);
    }

    @Override
    public int hashCode() {
        return blobs.hashCode();
    }

    /** {@return the names, if there are any, and the digests} */
    @Override
    public String toString() {
        return blobs.stream().map(SiteBlobs::toString).collect(Collectors.joining(", "));
    }
}
