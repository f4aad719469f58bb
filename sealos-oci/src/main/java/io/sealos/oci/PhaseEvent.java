package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.internal.text.Count;
import java.util.OptionalLong;

/**
 * An event of a phase of a build. It states how many items and bytes it completes, so a listener can sum up events
 * without distinguishing their types, as {@link Progress} does.
 *
 * <p>Within a call, {@link Started} precedes all other events of a phase, and {@link Ended} follows them. If a phase
 * completes, the items and bytes of its events add up to the totals of {@link Started} exactly. Before that, and if it
 * fails or is cancelled, they add up to less. A phase that starts several times in a call, such as
 * {@link BuildPhase#FETCH_BASES} for several base images, announces further items each time, and no item twice.
 *
 * @since 0.1.0
 */
public sealed interface PhaseEvent extends BuildEvent
        permits PhaseEvent.Started,
                PhaseEvent.Ended,
                PhaseEvent.BlobAwaited,
                PhaseEvent.LayerStarted,
                PhaseEvent.LayerProgressed,
                PhaseEvent.LayerFinished,
                PhaseEvent.LayerReused,
                PhaseEvent.FileProgressed,
                PhaseEvent.FileFinished,
                PhaseEvent.VerificationProgressed,
                PhaseEvent.VerificationFinished,
                BuildEvent.ImageResolved,
                BuildEvent.ImageFailed,
                BuildEvent.BlobStarted,
                BuildEvent.BlobProgressed,
                BuildEvent.BlobFinished,
                BuildEvent.BlobReused,
                BuildEvent.BlobFailed,
                BuildEvent.BlobCancelled,
                BuildEvent.UploadStarted,
                BuildEvent.UploadProgressed,
                BuildEvent.UploadFinished,
                BuildEvent.UploadSkipped {
    /** {@return the phase} */
    BuildPhase phase();

    /** {@return the number of items that this event completes: 0 or 1} */
    default int addedItems() {
        return 0;
    }

    /**
     * {@return the number of bytes that this event completes} It is negative if bytes were discarded because a transfer
     * starts over, has failed or is cancelled.
     */
    default long addedBytes() {
        return 0;
    }

    /**
     * {@return the size of the item in bytes if this event completes it without work, otherwise 0} It is more than
     * {@link #addedBytes} if earlier events have reported a part of it.
     */
    default long reusedBytes() {
        return isReuse() ? addedBytes() : 0;
    }

    /** {@return whether the item was completed without work, because its result already existed} */
    default boolean isReuse() {
        return false;
    }

    /**
     * An event for the start of a phase, with its totals. It occurs before the first byte of the phase.
     *
     * @param phase the phase
     * @param items the number of items; empty if it is not known
     * @param bytes the total size of the items in bytes; empty if it is not known
     */
    record Started(BuildPhase phase, OptionalLong items, OptionalLong bytes) implements PhaseEvent {
        @Override
        public String toString() {
            return "started " + phase + (items.isPresent() ? ", " + items.getAsLong() + " items" : "")
                    + (bytes.isPresent() ? ", " + Count.of(bytes.getAsLong(), "byte") : "");
        }
    }

    /**
     * An event for the end of a phase. If the phase was not completed, items without a final event were not completed
     * either.
     *
     * @param phase the phase
     * @param outcome how it ended
     */
    record Ended(BuildPhase phase, BuildOutcome outcome) implements PhaseEvent {
        /** {@return whether everything was done} */
        public boolean isComplete() {
            return outcome == BuildOutcome.COMPLETE;
        }

        @Override
        public String toString() {
            return switch (outcome) {
                case COMPLETE -> "completed " + phase;
                case FAILED -> "stopped " + phase;
                case CANCELLED -> "cancelled " + phase;
            };
        }
    }

    /**
     * An event for a blob that another build is fetching into the same content store. This build waits for it, and
     * reports what the other one receives with {@link BuildEvent.BlobProgressed}. At the end the blob is
     * {@link BuildEvent.BlobReused}; if the other build fails or makes no progress, {@link BuildEvent.BlobStarted}
     * follows.
     *
     * @param phase the phase, as in {@link BuildEvent.BlobStarted}
     * @param reference an image that contains the blob
     * @param digest the digest of the blob
     * @param size the size of the blob in bytes
     */
    record BlobAwaited(BuildPhase phase, ImageReference reference, Digest digest, long size) implements PhaseEvent {
        @Override
        public String toString() {
            return "waiting for another build to fetch " + digest + " of " + reference + ", " + Count.of(size, "byte");
        }
    }

    /**
     * An event for the start of a layer.
     *
     * @param layer the instruction that creates the layer, such as {@code Kubefile:3: COPY registry registry}; for a
     *     layer of a base image the instruction in its history, which may be empty
     * @param size the number of bytes to read: those of its files, or those of a layer of a base image as stored
     */
    record LayerStarted(String layer, long size) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.LAYERS;
        }

        @Override
        public String toString() {
            return "writing layer " + layer + ", " + Count.of(size, "byte") + " of files";
        }
    }

    /**
     * An event for the progress of a layer. It occurs at most a few times a second, and not at all for small layers.
     *
     * @param layer the instruction, as in {@link LayerStarted}
     * @param read the number of bytes read so far. A further name of a file counts as read when it is written
     * @param written the number of stored bytes written so far, after compression
     * @param size the number of bytes to read
     * @param addedBytes the number of bytes read since the last event of this layer
     */
    record LayerProgressed(String layer, long read, long written, long size, long addedBytes) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.LAYERS;
        }

        @Override
        public String toString() {
            return "read " + read + " of " + size + " bytes of layer " + layer + ", wrote " + written;
        }
    }

    /**
     * An event for a layer that was written completely.
     *
     * @param layer the instruction, as in {@link LayerStarted}
     * @param digest the digest of the stored layer
     * @param size the number of bytes read
     * @param written the number of stored bytes
     * @param addedBytes the number of bytes read since the last event of this layer
     */
    record LayerFinished(String layer, Digest digest, long size, long written, long addedBytes) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.LAYERS;
        }

        @Override
        public int addedItems() {
            return 1;
        }

        @Override
        public String toString() {
            return "wrote layer " + layer + " " + digest + ", " + Count.of(written, "byte");
        }
    }

    /**
     * An event for a layer that an earlier build has created from the same files, which are not read again.
     *
     * @param layer the instruction, as in {@link LayerStarted}
     * @param digest the digest of the stored layer
     * @param size the number of bytes of its files
     * @param written the number of stored bytes
     */
    record LayerReused(String layer, Digest digest, long size, long written) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.LAYERS;
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
            return "have layer " + layer + " " + digest + ", " + Count.of(written, "byte");
        }
    }

    /**
     * An event for the progress of a file of the output. It occurs at most a few times a second, and not at all for
     * small files.
     *
     * @param file the name of the member of an archive, or the path in {@code registry/}
     * @param written the number of bytes written so far
     * @param size the size of the file in bytes
     * @param addedBytes the number of bytes written since the last event of this file
     */
    record FileProgressed(String file, long written, long size, long addedBytes) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.WRITE;
        }

        @Override
        public String toString() {
            return "wrote " + written + " of " + size + " bytes of " + file;
        }
    }

    /**
     * An event for a file of the output that is complete.
     *
     * @param file the name of the member of an archive, or the path in {@code registry/}
     * @param size the size of the file in bytes
     * @param isReuse whether the file was there already, and was only compared with its digest
     * @param addedBytes the number of bytes written since the last event of this file
     */
    record FileFinished(String file, long size, boolean isReuse, long addedBytes) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.WRITE;
        }

        @Override
        public int addedItems() {
            return 1;
        }

        @Override
        public long reusedBytes() {
            return isReuse ? size : 0;
        }

        @Override
        public String toString() {
            return (isReuse ? "have " : "wrote ") + file + ", " + Count.of(size, "byte");
        }
    }

    /**
     * An event for the progress of a blob that is verified. It occurs at most a few times a second, and not at all for
     * small blobs.
     *
     * @param blob the digest of the blob, or the layer of a docker-archive, such as {@code layer 1b2c/layer.tar}
     * @param read the number of bytes read so far
     * @param size the size of the blob in bytes
     * @param addedBytes the number of bytes read since the last event of this blob
     */
    record VerificationProgressed(String blob, long read, long size, long addedBytes) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.VERIFY;
        }

        @Override
        public String toString() {
            return "verified " + read + " of " + size + " bytes of " + blob;
        }
    }

    /**
     * An event for a blob that was verified. Whether it is valid is stated by the report.
     *
     * @param blob the blob, as in {@link VerificationProgressed}
     * @param size the size of the blob in bytes
     * @param addedBytes the number of bytes since the last event of this blob
     */
    record VerificationFinished(String blob, long size, long addedBytes) implements PhaseEvent {
        @Override
        public BuildPhase phase() {
            return BuildPhase.VERIFY;
        }

        @Override
        public int addedItems() {
            return 1;
        }

        @Override
        public String toString() {
            return "verified " + blob + ", " + size + " bytes";
        }
    }
}
