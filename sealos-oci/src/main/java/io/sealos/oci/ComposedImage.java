package io.sealos.oci;

import io.sealos.internal.text.FileFailures;
import io.sealos.oci.internal.build.BuildLease;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.progress.CallRun;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/** An image that is composed of finished images, with the settings that all of its kinds have. Immutable. */
abstract sealed class ComposedImage<T> permits ImageMerge, ImageIndex {
    final ComposedSettings settings;

    ComposedImage(ComposedSettings settings) {
        this.settings = settings;
    }

    /** {@return a copy with other settings} */
    abstract T with(ComposedSettings other);

    /**
     * {@return a copy with one more image, after the others}
     *
     * @param source the source of the image
     * @param choice the choice of one of its images by tag, and possibly of one platform
     */
    public T image(ImageSource source, ImageChoice choice) {
        return with(settings.withInput(new ComposedSettings.Input(
                Objects.requireNonNull(source, "source"), Objects.requireNonNull(choice, "choice"))));
    }

    /**
     * {@return a copy with a name for the new image} May be called several times. The name is stored in its canonical
     * form, such as {@code docker.io/labring/nginx:v1.23.1}.
     *
     * @param reference the name; {@code latest} if it has no tag
     * @throws io.sealos.images.ImageReferenceException if the name is malformed
     * @throws IllegalArgumentException if the name has a digest
     */
    public T tag(String reference) {
        return with(settings.withTag(reference));
    }

    /**
     * {@return a copy that accesses registries in another way} Default: {@link RegistryAccess#defaults()}.
     *
     * @param access the access to the registries of images and of the target that have none of their own
     */
    public T registryAccess(RegistryAccess access) {
        return with(settings.withAccess(Objects.requireNonNull(access, "access")));
    }

    /**
     * {@return a copy with another content store} Default: as for {@link ClusterImageBuilder#contentStore}. Images at a
     * registry are fetched into the store, and a push prepares its blobs there.
     *
     * @param directory the directory of the store
     */
    public T contentStore(Path directory) {
        return with(settings.withStore(Objects.requireNonNull(directory, "directory")));
    }

    /**
     * {@return a copy that does not use the network, or does} An image at a registry is then taken from the content
     * store, into which an earlier call or build has fetched it, and its platforms must be named. Default: false.
     *
     * @param withoutNetwork {@code true} to use only local sources and the content store
     */
    public T offline(boolean withoutNetwork) {
        return with(settings.withOffline(withoutNetwork));
    }

    /**
     * {@return a copy that executes its parallel work elsewhere} Default: threads that end with the call.
     *
     * @param executor the executor
     */
    public T executor(Executor executor) {
        return with(settings.withExecutor(Objects.requireNonNull(executor, "executor")));
    }

    /**
     * {@return a copy with a listener} Default: none. If it throws an exception, it is not called again.
     *
     * @param listener the listener, which several threads may call at the same time
     */
    public T listener(BuildListener listener) {
        return with(settings.withListener(Objects.requireNonNull(listener, "listener")));
    }

    /** Finds the images, and does something with them while they can be read. */
    interface Work<R> {
        R with(OpenInputs inputs) throws IOException;
    }

    /** Calls the work with the images, and reports the call to the listener. */
    <R> R call(String name, Object place, Work<R> work) throws IOException {
        try (CallRun call = CallRun.start(settings.listener(), name)) {
            return call.complete(FileFailures.explained(place, () -> leased(work)));
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw Interruptions.during("images were composed", e);
        }
    }

    private <R> R leased(Work<R> work) throws IOException {
        if (settings.inputs().isEmpty()) {
            throw new IllegalStateException("there is no image; name one, or add it with image(source, choice)");
        }
        Interruptions.check("images were composed");
        try (BuildLease lease = lease();
                OpenInputs inputs = new OpenInputs(settings)) {
            R result = work.with(inputs);
            lease.check();
            return result;
        }
    }

    private BuildLease lease() throws IOException {
        return new BuildLease(
                settings.usesRegistry()
                        ? Optional.of(settings.resources().store().lease())
                        : Optional.empty());
    }

    /** Writes the composed image. */
    WriteResult write(ImageTarget target, ImageRequest request) throws IOException {
        WrittenImage written =
                ImageOutput.writeTo(target, request.withListener(settings.listener()), settings.resources());
        WriteResult result =
                new WriteResult(target, written, settings.resources().access());
        settings.listener().onEvent(new BuildEvent.ImageWritten(result.digest()));
        return result;
    }

    /**
     * Writes the new image to a target. The output appears under its final name only when it is complete.
     *
     * @param target the target
     * @return the result
     * @throws ImageChoiceException if a source has several images with different names, or the platforms do not fit
     * @throws ImageSaveException if an image could not be fetched from its registry; nothing is written
     * @throws ImagePushException if the image could not be pushed; no tag points to an incomplete image
     * @throws InterruptedIOException if the thread is interrupted; an earlier output of the target is unchanged
     * @throws IOException if a source cannot be read, or the target cannot be written
     * @throws IllegalArgumentException if the target does not support this image
     * @throws IllegalStateException if no image was given
     */
    public abstract WriteResult writeTo(ImageTarget target) throws IOException;
}
