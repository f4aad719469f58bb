package io.sealos.images;

import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.json.PrettyJson;
import io.sealos.internal.text.FileFailures;
import io.sealos.kubefile.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The digests of the images of a build, with which a later build can save exactly the same images. A lock is kept in a
 * file beside the context directory, under version control.
 *
 * <p>The file is a JSON object with {@code version} (1) and {@code images}. An image has {@code reference} (canonical,
 * with a tag or a digest), {@code digest} (of its manifest or index, as the registry served it), {@code platforms} and
 * {@code why} (the places at which it occurs, without line numbers, so that edits elsewhere do not change the lock).
 * Each value is on a line of its own, in a fixed order. A lock may list the blobs that the registry of a site has after
 * the image was loaded there, in {@code blobs}, with {@code platform}, {@code repository} and {@code digests}. A
 * reference that had different digests for different platforms has one entry for each digest. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class ImageLock {
    /** The size in bytes of the largest lock file that is read. */
    static final int LARGEST = 32 << 20;

    private final List<Entry> entries;
    private final List<Blobs> blobs;
    private final Map<ImageReference, List<Entry>> byReference;

    private ImageLock(List<Entry> entries, List<Blobs> blobs) {
        this.entries = List.copyOf(entries);
        this.blobs = List.copyOf(blobs);
        this.byReference = this.entries.stream().collect(Collectors.groupingBy(Entry::reference));
    }

    /** {@return a builder, for code that resolves images itself} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the lock in a text that {@link #toJson} has returned}
     *
     * @param json the text
     * @throws ImageLockException if the text is not a lock; the exception has the place and a fix
     */
    public static ImageLock parse(String json) {
        Objects.requireNonNull(json, "json");
        return ImageLockReader.read("lock", json);
    }

    /**
     * {@return the lock in a file}
     *
     * @param file a file of at most 32 MiB
     * @throws ImageLockException if the file is not a lock or is larger; the exception has the file, the place and a
     *     fix
     * @throws IOException if the file cannot be read
     */
    public static ImageLock read(Path file) throws IOException {
        RequiredPath.file(file, "name the file of a lock");
        String text = FileFailures.explained(
                file, () -> CheckedJson.text(file, LARGEST, ImageLockReader.ANEW, ImageLockException::new));
        return ImageLockReader.read(file.toString(), text);
    }

    /** {@return the locked images, sorted by their references, then by their digests} */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * {@return the blobs that the registry of a site has after the image was loaded there, sorted by platform and
     * repository; empty if they were not asked for} A delta image can be built from them without the image.
     */
    public List<Blobs> blobs() {
        return blobs;
    }

    /**
     * {@return the digest to which an image is locked; empty if it is not locked for the platform}
     *
     * @param reference the image; no tag means {@code latest}
     * @param platform the platform
     */
    public Optional<Digest> digest(ImageReference reference, Platform platform) {
        return byReference.getOrDefault(reference.withDefaultTag(), List.of()).stream()
                .filter(it -> it.platforms().contains(platform))
                .map(Entry::digest)
                .findFirst();
    }

    /** {@return the lock as JSON, with line feeds as line terminators on every system, including the last line} */
    public String toJson() {
        return PrettyJson.object(json -> {
            json.writeNumberField("version", ImageLockReader.VERSION);
            PrettyJson.objects(json, "images", entries, (out, entry) -> {
                out.writeStringField("reference", entry.reference().toString());
                out.writeStringField("digest", entry.digest().toString());
                PrettyJson.texts(
                        out,
                        "platforms",
                        entry.platforms().stream().map(Platform::toString).toList());
                PrettyJson.texts(out, "why", entry.why());
            });
            if (!blobs.isEmpty()) {
                PrettyJson.objects(json, "blobs", blobs, (out, part) -> {
                    out.writeStringField("platform", part.platform().toString());
                    out.writeStringField("repository", part.repository());
                    PrettyJson.texts(
                            out,
                            "digests",
                            part.digests().stream().map(Digest::toString).toList());
                });
            }
        });
    }

    /**
     * Writes the lock to a file, which {@link #read} reads. The file appears under its name when it is complete, and
     * replaces an existing one.
     *
     * @param file the file, in a directory that exists
     * @throws IOException if the file cannot be written
     */
    public void writeTo(Path file) throws IOException {
        RequiredPath.fileOrNothing(file, "name the file of a lock");
        FileFailures.explained(file, () -> {
            AtomicFile.write(file, toJson().getBytes(StandardCharsets.UTF_8));
            return file;
        });
    }

    /** A locked image. Immutable and thread-safe. */
    public static final class Entry {
        private final ImageReference reference;
        private final Digest digest;
        private final List<Platform> platforms;
        private final List<String> why;

        private Entry(ImageReference reference, Digest digest, Set<String> platforms, Set<String> why) {
            this.reference = reference;
            this.digest = digest;
            this.platforms = platforms.stream().map(Platform::parse).toList();
            this.why = List.copyOf(why);
        }

        /** {@return the image, with a tag or a digest} */
        public ImageReference reference() {
            return reference;
        }

        /** {@return the digest of the manifest or index of the image} */
        public Digest digest() {
            return digest;
        }

        /** {@return the platforms for which the image was saved, sorted by name} */
        public List<Platform> platforms() {
            return platforms;
        }

        /**
         * {@return the places at which the image occurs, such as {@code manifests/app.yaml spec.containers[0].image},
         * sorted}
         */
        public List<String> why() {
            return why;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that
                    && reference.equals(that.reference)
                    && digest.equals(that.digest)
                    && platforms.equals(that.platforms)
                    && why.equals(that.why);
        }

        @Override
        public int hashCode() {
            return Objects.hash(reference, digest, platforms, why);
        }

        /** {@return the image with its digest} */
        @Override
        public String toString() {
            return reference + (reference.digest().isPresent() ? "" : "@" + digest);
        }
    }

    /**
     * The blobs in one repository of the registry of a site.
     *
     * @param platform the platform of the image that was loaded
     * @param repository the repository, such as {@code library/nginx}
     * @param digests the digests of layers and configurations, sorted
     */
    public record Blobs(Platform platform, String repository, List<Digest> digests) {
        /**
         * Sorts the digests.
         *
         * @param platform the platform of the image that was loaded
         * @param repository the repository, such as {@code library/nginx}
         * @param digests the digests of layers and configurations, each of which is listed once
         */
        public Blobs {
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(repository, "repository");
            digests = digests.stream().distinct().sorted().toList();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageLock that && entries.equals(that.entries) && blobs.equals(that.blobs);
    }

    @Override
    public int hashCode() {
        return Objects.hash(entries, blobs);
    }

    /** {@return the number of locked images} */
    @Override
    public String toString() {
        return "locked images: " + entries.size();
    }

    /** A builder of {@link ImageLock}. Images can be added in any order, and equal ones are merged. Not thread-safe. */
    public static final class Builder {
        private record Key(ImageReference reference, Digest digest) {}

        private record Uses(Set<String> platforms, Set<String> why) {}

        private final Map<Key, Uses> images =
                new TreeMap<>(Comparator.comparing(Key::reference).thenComparing(Key::digest));

        private final Map<String, Blobs> blobs = new TreeMap<>();

        private Builder() {}

        /**
         * Locks an image.
         *
         * @param reference the image; no tag means {@code latest}
         * @param digest the digest of the manifest or index of the image
         * @param platform the platform for which the image was resolved
         * @param why the places at which the image occurs, in the form of {@link ImageOccurrence#place}
         * @return this builder
         * @throws IllegalArgumentException if the reference has a different digest
         */
        public Builder add(ImageReference reference, Digest digest, Platform platform, Collection<String> why) {
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(why, "why");
            if (reference.digest().filter(it -> !it.equals(digest)).isPresent()) {
                throw new IllegalArgumentException(reference + " cannot be locked to another digest, " + digest);
            }
            Key key = new Key(reference.withDefaultTag(), digest);
            Uses uses = images.computeIfAbsent(key, it -> new Uses(new TreeSet<>(), new TreeSet<>()));
            uses.platforms().add(platform.toString());
            uses.why().addAll(why);
            return this;
        }

        /**
         * Lists the blobs that a site has in a repository after the image was loaded there.
         *
         * @param platform the platform of the image
         * @param repository the repository, such as {@code library/nginx}
         * @param digests the digests of layers and configurations
         * @return this builder
         * @throws IllegalArgumentException if the blobs of the repository were listed for this platform
         */
        public Builder addBlobs(Platform platform, String repository, Collection<Digest> digests) {
            Objects.requireNonNull(digests, "digests");
            Blobs added = new Blobs(platform, repository, List.copyOf(digests));
            if (blobs.putIfAbsent(platform + " " + repository, added) != null) {
                throw new IllegalArgumentException("the blobs of " + repository + " are listed twice for " + platform);
            }
            return this;
        }

        /** {@return the lock} */
        public ImageLock build() {
            List<Entry> entries = new ArrayList<>();
            images.forEach(
                    (key, uses) -> entries.add(new Entry(key.reference(), key.digest(), uses.platforms(), uses.why())));
            return new ImageLock(entries, List.copyOf(blobs.values()));
        }
    }
}
