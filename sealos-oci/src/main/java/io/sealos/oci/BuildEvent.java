package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.layout.Severity;
import java.time.Duration;
import java.util.Locale;

/**
 * Something that happened while a cluster image is built.
 *
 * <p>More kinds may come: do not rely on knowing all of them. Immutable.
 */
public sealed interface BuildEvent {
    /** {@return the event as a line to show} */
    @Override
    String toString();

    /**
     * It is known what an image consists of.
     *
     * @param reference the image as it was asked for
     * @param digest the digest of its manifest or index, as served
     * @param host the registry or mirror that served it; empty where it was at hand
     */
    record ImageResolved(ImageReference reference, Digest digest, String host) implements BuildEvent {
        @Override
        public String toString() {
            return "resolved " + reference + " " + digest + (host.isEmpty() ? "" : " at " + host);
        }
    }

    /**
     * A blob is asked for: a layer or a configuration. Where a mirror fails, it is asked for again at the next address.
     *
     * @param reference an image that needs it
     * @param digest the digest of the blob
     * @param size its bytes
     * @param host the registry or mirror that is asked
     */
    record BlobStarted(ImageReference reference, Digest digest, long size, String host) implements BuildEvent {
        @Override
        public String toString() {
            return "fetching " + digest + " of " + reference + " from " + host + ", " + size + " bytes";
        }
    }

    /**
     * A part of a blob was received. Told a few times a second at most, and not at all for small blobs.
     *
     * @param reference an image that needs it
     * @param digest the digest of the blob
     * @param received how many of its bytes are here
     * @param size its bytes
     * @param host the registry or mirror that serves it
     */
    record BlobProgressed(ImageReference reference, Digest digest, long received, long size, String host)
            implements BuildEvent {
        @Override
        public String toString() {
            return "received " + received + " of " + size + " bytes of " + digest + " of " + reference;
        }
    }

    /**
     * A blob was received whole, and has its digest.
     *
     * @param reference an image that needs it
     * @param digest the digest of the blob
     * @param size its bytes
     * @param host the registry or mirror that served it
     */
    record BlobFinished(ImageReference reference, Digest digest, long size, String host) implements BuildEvent {
        @Override
        public String toString() {
            return "fetched " + digest + " of " + reference + " from " + host + ", " + size + " bytes";
        }
    }

    /**
     * A blob was at hand already, from another image or an earlier build.
     *
     * @param reference an image that needs it
     * @param digest the digest of the blob
     * @param size its bytes
     */
    record BlobReused(ImageReference reference, Digest digest, long size) implements BuildEvent {
        @Override
        public String toString() {
            return "have " + digest + " of " + reference + ", " + size + " bytes";
        }
    }

    /**
     * A request failed in a way that may pass, and will be repeated.
     *
     * @param reference the image that it was for
     * @param host the registry or mirror
     * @param reason what happened, such as {@code answered 503}
     * @param pause how long is waited before
     */
    record RequestRetried(ImageReference reference, String host, String reason, Duration pause) implements BuildEvent {
        @Override
        public String toString() {
            return host + " " + reason + " for " + reference + ", trying again in " + pause.toMillis() + " ms";
        }
    }

    /**
     * An image was saved into {@code registry/}.
     *
     * @param reference the image as it was asked for
     * @param digest the digest of its manifest or index, as served
     * @param size bytes of its manifests and blobs, whether fetched or already at hand
     */
    record ImageSaved(ImageReference reference, Digest digest, long size) implements BuildEvent {
        @Override
        public String toString() {
            return "saved " + reference + " " + digest;
        }
    }

    /**
     * Something about an image that was saved is worth knowing before the site finds out.
     *
     * @param reference the image as it was asked for
     * @param askedAt where it was asked for, such as {@code manifests/pod.yaml:8}
     * @param severity a warning where nodes will not find the image as it is named, information else
     * @param message what it is
     * @param fix what to do about it
     */
    record SavingNoted(ImageReference reference, String askedAt, Severity severity, String message, String fix)
            implements BuildEvent {
        @Override
        public String toString() {
            return askedAt + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + reference + " " + message + "; "
                    + fix;
        }
    }

    /**
     * A blob of the finished image goes to a registry, from its first byte on: for the first time, or again after what
     * {@link RequestRetried} says.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param size its bytes
     * @param host the registry
     */
    record UploadStarted(ImageReference reference, Digest digest, long size, String host) implements BuildEvent {
        @Override
        public String toString() {
            return "sending " + digest + " of " + reference + " to " + host + ", " + size + " bytes";
        }
    }

    /**
     * A part of a blob is on its way to a registry. Told a few times a second at most, and not at all for small blobs.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param sent how many of its bytes are on their way
     * @param size its bytes
     * @param host the registry
     */
    record UploadProgressed(ImageReference reference, Digest digest, long sent, long size, String host)
            implements BuildEvent {
        @Override
        public String toString() {
            return "sent " + sent + " of " + size + " bytes of " + digest + " of " + reference;
        }
    }

    /**
     * A registry has a blob that was sent to it.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param size its bytes
     * @param host the registry
     */
    record UploadFinished(ImageReference reference, Digest digest, long size, String host) implements BuildEvent {
        @Override
        public String toString() {
            return "sent " + digest + " of " + reference + " to " + host + ", " + size + " bytes";
        }
    }

    /**
     * A registry has a blob without its bytes being sent.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param size its bytes
     * @param mountedFrom the repository of the same registry that it was taken from; empty where it was there
     */
    record UploadSkipped(ImageReference reference, Digest digest, long size, String mountedFrom) implements BuildEvent {
        @Override
        public String toString() {
            return "not sent " + digest + " of " + reference + ", " + size + " bytes: "
                    + (mountedFrom.isEmpty() ? "it is there" : "taken from " + mountedFrom);
        }
    }

    /**
     * A tag points to the image at its registry.
     *
     * @param reference the image with the tag
     * @param digest the digest of its manifest or index
     */
    record TagPushed(ImageReference reference, Digest digest) implements BuildEvent {
        @Override
        public String toString() {
            return "pushed " + reference + " " + digest;
        }
    }

    /**
     * The image was written to its target.
     *
     * @param digest the digest of its manifest, or of the index where there are several platforms
     */
    record ImageWritten(Digest digest) implements BuildEvent {
        @Override
        public String toString() {
            return "wrote " + digest;
        }
    }
}
