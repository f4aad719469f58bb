package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.layout.Severity;
import java.time.Duration;
import java.util.Locale;

/**
 * An event of a build, as a {@link BuildListener} receives it. Immutable.
 *
 * <p>Further kinds may be added: do not rely on knowing all of them.
 */
public sealed interface BuildEvent {
    /** {@return the event on one line} */
    @Override
    String toString();

    /**
     * The manifests of an image were read.
     *
     * @param reference the image as it was asked for
     * @param digest the digest of its manifest or index, as served
     * @param host the registry or mirror that served it; empty if no network was needed
     */
    record ImageResolved(ImageReference reference, Digest digest, String host) implements BuildEvent {
        @Override
        public String toString() {
            return "resolved " + reference + " " + digest + (host.isEmpty() ? "" : " at " + host);
        }
    }

    /**
     * A blob, which is a layer or a configuration, is requested. If a mirror fails, it is requested again at the next
     * address.
     *
     * @param reference an image that needs it
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param host the registry or mirror
     */
    record BlobStarted(ImageReference reference, Digest digest, long size, String host) implements BuildEvent {
        @Override
        public String toString() {
            return "fetching " + digest + " of " + reference + " from " + host + ", " + size + " bytes";
        }
    }

    /**
     * A part of a blob was received. Reported at most a few times a second, and not at all for small blobs.
     *
     * @param reference an image that needs it
     * @param digest the digest of the blob
     * @param received the number of bytes received so far
     * @param size the size of the blob in bytes
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
     * A blob was received completely, and matches its digest.
     *
     * @param reference an image that needs it
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param host the registry or mirror that served it
     */
    record BlobFinished(ImageReference reference, Digest digest, long size, String host) implements BuildEvent {
        @Override
        public String toString() {
            return "fetched " + digest + " of " + reference + " from " + host + ", " + size + " bytes";
        }
    }

    /**
     * A blob was in the content store already, from another image or an earlier build.
     *
     * @param reference an image that needs it
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     */
    record BlobReused(ImageReference reference, Digest digest, long size) implements BuildEvent {
        @Override
        public String toString() {
            return "have " + digest + " of " + reference + ", " + size + " bytes";
        }
    }

    /**
     * A request failed with an error that may be temporary, and will be repeated.
     *
     * @param reference the image that it was for
     * @param host the registry or mirror
     * @param reason the failure, such as {@code answered 503}
     * @param pause the pause before the request is repeated
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
     * @param size the size of its manifests and blobs in bytes, whether fetched or in the content store before
     */
    record ImageSaved(ImageReference reference, Digest digest, long size) implements BuildEvent {
        @Override
        public String toString() {
            return "saved " + reference + " " + digest;
        }
    }

    /**
     * A peculiarity of a saved image that may matter at the site.
     *
     * @param reference the image as it was asked for
     * @param askedAt where it was asked for, such as {@code manifests/pod.yaml:8}
     * @param severity a warning if nodes will not find the image by its name, information otherwise
     * @param message the peculiarity
     * @param fix how it can be avoided
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
     * The upload of a blob to a registry began at its first byte: for the first time, or again after a
     * {@link RequestRetried}.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param host the registry
     */
    record UploadStarted(ImageReference reference, Digest digest, long size, String host) implements BuildEvent {
        @Override
        public String toString() {
            return "sending " + digest + " of " + reference + " to " + host + ", " + size + " bytes";
        }
    }

    /**
     * A part of a blob was sent to a registry. Reported at most a few times a second, and not at all for small blobs.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param sent the number of bytes sent so far
     * @param size the size of the blob in bytes
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
     * A registry has stored a blob that was sent to it.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param host the registry
     */
    record UploadFinished(ImageReference reference, Digest digest, long size, String host) implements BuildEvent {
        @Override
        public String toString() {
            return "sent " + digest + " of " + reference + " to " + host + ", " + size + " bytes";
        }
    }

    /**
     * A blob was not sent, because the registry has it.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param mountedFrom the repository of the same registry from which it was mounted; empty if it was there before
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
