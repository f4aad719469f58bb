package io.sealos.oci.internal.build.base;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.build.evaluate.BaseRequest;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.source.SaveRequest;
import java.io.IOException;
import java.util.Optional;

/** Where a base image is read from: its registry, unless the caller says otherwise. */
public sealed interface BaseSource {
    /** {@return a reader, for an image in files that can be read without fetching or making them first} */
    default Optional<ImageReader> open() throws IOException {
        return Optional.empty();
    }

    /** {@return the request that fetches the image into the content store} */
    SaveRequest request(BaseRequest wanted);

    /** {@return how the registry is reached} */
    default AccessSettings access(AccessSettings ofBuild) {
        return ofBuild;
    }

    /** Opens the files of an image. */
    @FunctionalInterface
    interface Opener {
        ImageReader open() throws IOException;
    }

    /** The registry that the reference names. */
    record OwnRegistry() implements BaseSource {
        @Override
        public SaveRequest request(BaseRequest wanted) {
            return SaveRequest.of(wanted.reference(), wanted.askedAt());
        }
    }

    /**
     * Another image at a registry.
     *
     * @param reference its name
     * @param access how its registry is reached; empty: as the build says
     */
    record OtherImage(ImageReference reference, Optional<AccessSettings> access) implements BaseSource {
        @Override
        public SaveRequest request(BaseRequest wanted) {
            return SaveRequest.of(reference, wanted.askedAt());
        }

        @Override
        public AccessSettings access(AccessSettings ofBuild) {
            return access.orElse(ofBuild);
        }
    }

    /** An image that is not asked of a registry, but has to be made or unpacked first. */
    record Local(LocalSource origin) implements BaseSource {
        @Override
        public SaveRequest request(BaseRequest wanted) {
            return SaveRequest.of(wanted.reference(), origin, wanted.askedAt());
        }
    }

    /**
     * An image in files.
     *
     * @param name as messages call them
     */
    record Files(LocalSource origin, Opener opener, String name) implements BaseSource {
        @Override
        public Optional<ImageReader> open() throws IOException {
            return Optional.of(opener.open());
        }

        @Override
        public SaveRequest request(BaseRequest wanted) {
            return SaveRequest.of(wanted.reference(), origin, wanted.askedAt());
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
