package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.internal.text.Count;
import io.sealos.layout.Severity;
import java.time.Duration;
import java.util.Locale;

/**
 * An event of a build, which is passed to a {@link BuildListener}. Events of a phase, such as {@link BuildPhase#FETCH},
 * are of the type {@link PhaseEvent}, and can be summed up. Immutable and thread-safe.
 *
 * <p>Each blob that is fetched or pushed has exactly one final event: it is finished, reused or skipped, failed, or
 * cancelled. Blobs and images that are not begun because the call is interrupted have none.
 *
 * <p>Later versions may add further kinds of events, and components to these records. Listeners should ignore the kinds
 * that they do not know, and read events by their type and accessors; their constructors are for tests.
 *
 * @since 0.1.0
 */
public sealed interface BuildEvent
        permits PhaseEvent,
                CallEvent,
                BuildEvent.RequestRetried,
                BuildEvent.ImageSaved,
                BuildEvent.SavingNoted,
                BuildEvent.TagPushed,
                BuildEvent.ImageWritten {
    /** {@return a description of the event in one line} */
    @Override
    String toString();

    /**
     * An event for an image whose manifests were read.
     *
     * @param reference the reference of the image as it was requested
     * @param digest the digest of its manifest or index, as served
     * @param host the host of the registry or mirror that served it; empty if the network was not used
     */
    record ImageResolved(ImageReference reference, Digest digest, String host) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.RESOLVE;
        }

        @Override
        public int addedItems() {
            return 1;
        }

        @Override
        public String toString() {
            return "resolved " + reference + " " + digest + (host.isEmpty() ? "" : " at " + host);
        }
    }

    /**
     * An event for an image whose manifests could not be read. The exception of the call will list it.
     *
     * @param reference the reference of the image as it was requested
     * @param reason the failure
     */
    record ImageFailed(ImageReference reference, String reason) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.RESOLVE;
        }

        @Override
        public String toString() {
            return "failed " + reference + ": " + reason;
        }
    }

    /**
     * An event for the start of a transfer of a blob, which is a layer or a configuration. If a mirror fails, the event
     * is repeated for the next address. A configuration that was read to find the platform of an image is reported with
     * the other blobs, when {@link BuildPhase#FETCH} starts.
     *
     * @param phase {@link BuildPhase#FETCH} or {@link BuildPhase#FETCH_BASES}
     * @param reference an image that contains the blob
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param host the host of the registry or mirror; empty for an image in files
     */
    record BlobStarted(BuildPhase phase, ImageReference reference, Digest digest, long size, String host)
            implements PhaseEvent {
        @Override
        public String toString() {
            return "fetching " + digest + " of " + reference + (host.isEmpty() ? "" : " from " + host) + ", "
                    + Count.of(size, "byte");
        }
    }

    /**
     * An event for the progress of a transfer. It occurs at most a few times a second and when a transfer starts over,
     * and not at all for small blobs.
     *
     * @param phase the phase, as in {@link BlobStarted}
     * @param reference an image that contains the blob
     * @param digest the digest of the blob
     * @param received the number of bytes received so far
     * @param size the size of the blob in bytes
     * @param host the host of the registry or mirror that serves it; empty for an image in files, and for a blob that
     *     another build fetches
     * @param addedBytes the number of bytes received since the last event of this blob; negative if it starts over
     */
    record BlobProgressed(
            BuildPhase phase,
            ImageReference reference,
            Digest digest,
            long received,
            long size,
            String host,
            long addedBytes)
            implements PhaseEvent {
        @Override
        public String toString() {
            return "received " + received + " of " + size + " bytes of " + digest + " of " + reference;
        }
    }

    /**
     * An event for a blob that was fetched completely and matches its digest.
     *
     * @param phase the phase, as in {@link BlobStarted}
     * @param reference an image that contains the blob
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param host the host of the registry or mirror that served it; empty for an image in files
     * @param addedBytes the number of bytes received since the last event of this blob
     */
    record BlobFinished(
            BuildPhase phase, ImageReference reference, Digest digest, long size, String host, long addedBytes)
            implements PhaseEvent {
        @Override
        public int addedItems() {
            return 1;
        }

        @Override
        public String toString() {
            return "fetched " + digest + " of " + reference + (host.isEmpty() ? "" : " from " + host) + ", "
                    + Count.of(size, "byte");
        }
    }

    /**
     * An event for a blob that the content store had, from another image or another build.
     *
     * @param phase the phase, as in {@link BlobStarted}
     * @param reference an image that contains the blob
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param addedBytes the size, without the bytes that were reported while the blob was {@link PhaseEvent.BlobAwaited
     *     awaited}
     */
    record BlobReused(BuildPhase phase, ImageReference reference, Digest digest, long size, long addedBytes)
            implements PhaseEvent {
        @Override
        public int addedItems() {
            return 1;
        }

        @Override
        public long reusedBytes() {
            return size;
        }

        @Override
        public boolean isReuse() {
            return true;
        }

        @Override
        public String toString() {
            return "have " + digest + " of " + reference + ", " + Count.of(size, "byte");
        }
    }

    /**
     * An event for a blob that could not be fetched from any image that contains it, or that could not be sent. The
     * exception of the call will list the images or the blob.
     *
     * @param phase the phase, as in {@link BlobStarted}, or {@link BuildPhase#PUSH}
     * @param reference the image that is pushed, or that failed last
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param reason the failure
     * @param addedBytes the negated number of bytes that were transferred before the failure
     */
    record BlobFailed(
            BuildPhase phase, ImageReference reference, Digest digest, long size, String reason, long addedBytes)
            implements PhaseEvent {
        @Override
        public String toString() {
            return "failed " + digest + " of " + reference + ": " + reason;
        }
    }

    /**
     * An event for a blob whose transfer was stopped because its call was interrupted.
     *
     * @param phase the phase, as in {@link BlobFailed}
     * @param reference the image that is pushed, or through which the blob was fetched
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param addedBytes the number of bytes that were transferred in vain, negated
     */
    record BlobCancelled(BuildPhase phase, ImageReference reference, Digest digest, long size, long addedBytes)
            implements PhaseEvent {
        @Override
        public String toString() {
            return "cancelled " + digest + " of " + reference;
        }
    }

    /**
     * An event for a request that failed with an error that may be temporary, and that will be repeated.
     *
     * @param reference the image that the request was for
     * @param host the host of the registry or mirror
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
     * An event for an image that was saved into {@code registry/}.
     *
     * @param reference the reference of the image as it was requested
     * @param digest the digest of its manifest or index, as served
     * @param size the total size of its manifests and blobs in bytes, including those that the content store already
     *     had
     */
    record ImageSaved(ImageReference reference, Digest digest, long size) implements BuildEvent {
        @Override
        public String toString() {
            return "saved " + reference + " " + digest;
        }
    }

    /**
     * An event for a saved image that will not behave at the site exactly as it was requested.
     *
     * @param reference the reference of the image as it was requested
     * @param askedAt the place that requests the image, such as {@code manifests/pod.yaml:8}
     * @param severity a warning if nodes will not find the image by its name, otherwise information
     * @param message the difference, as a part of a sentence that begins with the reference
     * @param fix how to avoid the difference
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
     * An event for the start of an upload of a blob to a registry. If the upload starts over after a
     * {@link RequestRetried}, the event is repeated.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param host the registry
     */
    record UploadStarted(ImageReference reference, Digest digest, long size, String host) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.PUSH;
        }

        @Override
        public String toString() {
            return "sending " + digest + " of " + reference + " to " + host + ", " + Count.of(size, "byte");
        }
    }

    /**
     * An event for the progress of an upload. It occurs at most a few times a second and when an upload starts over,
     * and not at all for small blobs.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param sent the number of bytes sent so far
     * @param size the size of the blob in bytes
     * @param host the registry
     * @param addedBytes the number of bytes sent since the last event of this blob; negative if it starts over
     */
    record UploadProgressed(ImageReference reference, Digest digest, long sent, long size, String host, long addedBytes)
            implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.PUSH;
        }

        @Override
        public String toString() {
            return "sent " + sent + " of " + size + " bytes of " + digest + " of " + reference;
        }
    }

    /**
     * An event for a blob that was sent to a registry and stored there.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param host the registry
     * @param addedBytes the number of bytes sent since the last event of this blob
     */
    record UploadFinished(ImageReference reference, Digest digest, long size, String host, long addedBytes)
            implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.PUSH;
        }

        @Override
        public int addedItems() {
            return 1;
        }

        @Override
        public String toString() {
            return "sent " + digest + " of " + reference + " to " + host + ", " + Count.of(size, "byte");
        }
    }

    /**
     * An event for a blob that was not sent, because the registry already had it.
     *
     * @param reference the image that is pushed
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     * @param mountedFrom the repository of the same registry from which the blob was mounted; empty if the target
     *     repository had it
     */
    record UploadSkipped(ImageReference reference, Digest digest, long size, String mountedFrom) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.PUSH;
        }

        @Override
        public int addedItems() {
            return 1;
        }

        @Override
        public long addedBytes() {
            return size;
        }

        @Override
        public boolean isReuse() {
            return true;
        }

        @Override
        public String toString() {
            return "not sent " + digest + " of " + reference + ", " + Count.of(size, "byte") + ": "
                    + (mountedFrom.isEmpty() ? "it is there" : "taken from " + mountedFrom);
        }
    }

    /**
     * An event for a tag that now points to the image at its registry.
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
     * An event for an image that was written to its target.
     *
     * @param digest the digest of its manifest, or of the index if there are several platforms
     */
    record ImageWritten(Digest digest) implements BuildEvent {
        @Override
        public String toString() {
            return "wrote " + digest;
        }
    }
}
