package io.sealos.oci.internal.build.base;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.build.evaluate.BaseRequest;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.source.SaveRequest;
import java.io.IOException;
import java.util.Optional;

/** The source of a base image: its registry, unless the caller has given another one. */
public sealed interface BaseSource {
    /** {@return a reader, if the image is in files that can be read in place} */
    default Optional<ImageReader> open() throws IOException {
        return Optional.empty();
    }

    /** {@return the request that fetches the image into the content store} */
    SaveRequest request(BaseRequest wanted);

    /** {@return the settings for access to the registry} */
    default AccessSettings access(AccessSettings ofBuild) {
        return ofBuild;
    }

    /** Opens the files of an image. */
    @FunctionalInterface
    interface Opener {
        ImageReader open() throws IOException;
    }

    /** The registry that is part of the reference. */
    record OwnRegistry() implements BaseSource {
        @Override
        public SaveRequest request(BaseRequest wanted) {
            return SaveRequest.of(wanted.reference(), wanted.askedAt());
        }
    }

    /**
     * Another image at a registry.
     *
     * @param reference the reference of that image
     * @param access the settings for access to its registry; empty for those of the build
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

    /** An image that has to be created or unpacked first. */
    record Local(LocalSource source) implements BaseSource {
        @Override
        public SaveRequest request(BaseRequest wanted) {
            return SaveRequest.of(wanted.reference(), source, wanted.askedAt());
        }
    }

    /**
     * An image in files that can be read in place.
     *
     * @param name the name of the files for messages
     */
    record Files(LocalSource source, Opener opener, String name) implements BaseSource {
        @Override
        public Optional<ImageReader> open() throws IOException {
            return Optional.of(opener.open());
        }

        @Override
        public SaveRequest request(BaseRequest wanted) {
            return SaveRequest.of(wanted.reference(), source, wanted.askedAt());
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
