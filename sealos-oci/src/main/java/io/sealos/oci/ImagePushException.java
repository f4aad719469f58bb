package io.sealos.oci;

import io.sealos.oci.internal.push.UnpushedImageException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Thrown where an image could not be pushed. It has all parts that failed, not the first only. What had arrived stays
 * at the registry, so that pushing again sends the rest; no tag points to what is not whole.
 */
public final class ImagePushException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String image;

    @SuppressWarnings("serial") // always one of Stream.toList, which can be serialized
    private final List<Failure> failures;

    ImagePushException(String image, UnpushedImageException cause) {
        super(cause.getMessage(), cause);
        this.image = image;
        this.failures = cause.failures().stream().map(Failure::new).toList();
    }

    /** {@return the repository that was pushed to, such as {@code registry.example/team/app}} */
    public String image() {
        return image;
    }

    /** {@return the parts that failed, in the order of the image} */
    public List<Failure> failures() {
        return failures;
    }

    /** One part of the image that could not be pushed. Immutable. */
    public static final class Failure implements Serializable {
        private static final long serialVersionUID = 1L;

        private final UnpushedImageException.Failure failure;

        private Failure(UnpushedImageException.Failure failure) {
            this.failure = failure;
        }

        /** {@return the digest of the blob or manifest, or {@code tag NAME}} */
        public String part() {
            return failure.part();
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
            return failure.toString();
        }
    }
}
