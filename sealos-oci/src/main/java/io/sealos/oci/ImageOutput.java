package io.sealos.oci;

import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.LayoutDirectory;
import io.sealos.oci.internal.layout.OutgoingDirectory;
import io.sealos.oci.internal.layout.WrittenImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image that an {@link ImageTarget} writes. Its layers are created when the target calls {@link #finish}. Not
 * thread-safe, and valid only until {@link ImageTarget#write} returns.
 *
 * @since 0.1.0
 */
public final class ImageOutput {
    private final ImageRequest request;
    private final BuildResources resources;
    private @Nullable WrittenImage written;
    private @Nullable OutgoingDirectory work;

    ImageOutput(ImageRequest request, BuildResources resources) {
        this.request = request;
        this.resources = resources;
    }

    /** Passes an image to a target, and returns the image as written. */
    static WrittenImage writeTo(ImageTarget target, ImageRequest request, BuildResources resources) throws IOException {
        ImageOutput output = new ImageOutput(request, resources);
        try {
            target.write(output);
        } finally {
            output.deleteWork();
        }
        if (output.written == null) {
            throw new IllegalStateException(
                    target + " has written nothing: its write(ImageOutput) has to call finish()");
        }
        return output.written;
    }

    /** {@return the canonical names of the image, such as {@code docker.io/labring/nginx:v1.23.1}; may be empty} */
    public List<ImageReference> tags() {
        return request.tags().stream().map(ImageReference::parse).toList();
    }

    /** {@return the platforms of the image, in the order of its index} */
    public List<Platform> platforms() {
        return request.platforms();
    }

    /**
     * Creates the image as an OCI image layout in a directory that is deleted when {@link ImageTarget#write} returns.
     * Further calls return the same image and do no work. If the thread is interrupted, this call fails with an
     * {@link IOException}, which the target must not catch.
     *
     * @return the image
     * @throws IOException if files cannot be read or written
     * @throws BuildRefusedException if files that a COPY needs were deleted after the build was checked
     */
    public FinishedImage finish() throws IOException {
        if (work == null) {
            work = OutgoingDirectory.passing(resources.store().outgoing());
        }
        Path layout = work.file("layout");
        WrittenImage image = written == null ? write(new LayoutDirectory(layout)::write) : written;
        return FinishedImage.of(image, layout);
    }

    /** Creates the blobs of an image in the place that a target has chosen. */
    @FunctionalInterface
    interface Writer {
        WrittenImage write(ImageRequest request) throws IOException;
    }

    /** Creates the blobs with the writer of a target of this library. */
    WrittenImage write(Writer writer) throws IOException {
        WrittenImage image = writer.write(request);
        written = image;
        return image;
    }

    /** {@return the request that the targets of this library write} */
    ImageRequest request() {
        return request;
    }

    /** {@return the resources of the build} */
    BuildResources resources() {
        return resources;
    }

    private void deleteWork() throws IOException {
        if (work != null) {
            work.close();
        }
    }
}
