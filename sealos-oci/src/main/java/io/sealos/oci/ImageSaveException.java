package io.sealos.oci;

import io.sealos.oci.internal.source.UnsavedImagesException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Thrown where images could not be saved. It has all of them, not the first only; nothing was written. */
public final class ImageSaveException extends IOException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of Stream.toList, which can be serialized
    private final List<Failure> failures;

    ImageSaveException(UnsavedImagesException cause) {
        super(cause.getMessage(), cause);
        this.failures = cause.failures().stream().map(Failure::new).toList();
    }

    /** {@return the images that could not be saved, in the order in which they were found} */
    public List<Failure> failures() {
        return failures;
    }

    /** One image that could not be saved. Immutable. */
    public static final class Failure implements Serializable {
        private static final long serialVersionUID = 1L;

        private final UnsavedImagesException.Failure failure;

        private Failure(UnsavedImagesException.Failure failure) {
            this.failure = failure;
        }

        /** {@return the image as it was asked for} */
        public String image() {
            return failure.image();
        }

        /** {@return where it was asked for, such as {@code manifests/pod.yaml:8}} */
        public String askedAt() {
            return failure.askedAt();
        }

        /** {@return the host that was asked; empty where none was} */
        public String host() {
            return failure.host();
        }

        /** {@return the HTTP status; 0 where there was no answer} */
        public int status() {
            return failure.status();
        }

        /** {@return what went wrong} */
        public String problem() {
            return failure.problem();
        }

        /** {@return what to do about it; empty where nothing is known} */
        public String hint() {
            return failure.hint();
        }

        @Override
        public String toString() {
            return failure.toString().strip();
        }
    }
}
