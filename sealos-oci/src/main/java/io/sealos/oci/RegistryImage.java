package io.sealos.oci;

import io.sealos.images.ImageReference;
import io.sealos.internal.files.PlacedArgumentException;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.base.BaseImages;
import io.sealos.oci.internal.build.base.BaseSource;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.client.RegistryClient;
import io.sealos.oci.internal.client.RemoteImage;
import io.sealos.oci.internal.client.TransferListener;
import io.sealos.oci.internal.inspect.FoundImages;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.RemoteSource;
import io.sealos.oci.internal.inspect.StoredImage;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.OutgoingDirectory;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.push.ImagePusher;
import io.sealos.oci.internal.push.OutgoingImage;
import io.sealos.oci.internal.push.PushSettings;
import io.sealos.oci.internal.read.Platforms;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.verify.Verification;
import io.sealos.oci.internal.verify.VerifiedFiles;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An image at a registry. When it is inspected, its manifests and its configuration are fetched, but none of its
 * layers, so the images in it are not known. When it is compared or verified, or as the base of a delta image, its
 * layers are fetched into temporary files. As a base image, it is fetched into the content store of the build.
 *
 * <pre>{@code
 * InspectedImage base = ClusterImage.inspect(RegistryImage.of("labring/kubernetes:v1.24.0"));
 * }</pre>
 *
 * <p>As a target, the image is pushed according to the <a
 * href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#push">OCI distribution
 * specification</a>.
 *
 * <pre>{@code
 * image.writeTo(RegistryImage.of("registry.example/team/app:1.0"));
 * }</pre>
 *
 * <p>The layers are first created in the {@linkplain ClusterImageBuilder#contentStore content store}. They are kept
 * there for the next push to the same repository, for at least two weeks, and unchanged layers are not created again
 * unless {@link ClusterImageBuilder#reuseLayers} is false. Only blobs that the registry does not have are sent, each in
 * one request. If another repository of the registry has a blob, from an earlier push of this user or from a base
 * image, the blob is mounted from there if the registry allows it. When all blobs have arrived, the manifests are sent,
 * and finally the tags. A push that was interrupted therefore continues when it is repeated. The digest is the same as
 * in an {@link OciLayout}.
 *
 * <p>Mirrors are not used for a push. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RegistryImage extends ImageSource implements ImageTarget {
    private static final String DEFAULT_TAG = "latest";

    private final ImageReference reference;
    private final List<String> tags;
    private final Optional<RegistryAccess> access;

    private RegistryImage(ImageReference reference, List<String> tags, Optional<RegistryAccess> access) {
        this.reference = reference;
        this.tags = List.copyOf(tags);
        this.access = access;
    }

    /**
     * {@return the image with the given name} Its registry is accessed with the settings of the build,
     * {@link ClusterImageBuilder#registryAccess}. {@link ClusterImage#inspect} uses the default access.
     *
     * @param reference the name. If it has a tag, the image is pushed with this tag; otherwise with the tags of the
     *     build that belong to this repository, or with {@code latest} if there are none
     * @throws io.sealos.images.ImageReferenceException if the reference is malformed
     */
    public static RegistryImage of(String reference) {
        Objects.requireNonNull(reference, "reference");
        ImageReference name = ImageReference.parse(reference);
        return new RegistryImage(name, name.tag().stream().toList(), Optional.empty());
    }

    /**
     * {@return a copy of this image with an additional tag to push}
     *
     * @param tag the tag, such as {@code 1.0}
     * @throws io.sealos.images.ImageReferenceException if the tag is malformed
     */
    public RegistryImage withTag(String tag) {
        ImageReference.parse(reference.name() + ":" + tag);
        List<String> more = new ArrayList<>(tags);
        more.add(tag);
        return new RegistryImage(reference, more.stream().distinct().toList(), access);
    }

    /**
     * {@return a copy of this image with its own access settings, for builds and for {@link ClusterImage#inspect}}
     *
     * @param registryAccess the access to the registry of the image
     */
    public RegistryImage withAccess(RegistryAccess registryAccess) {
        return new RegistryImage(reference, tags, Optional.of(registryAccess));
    }

    @Override
    LocalSource local() {
        throw PlacedArgumentException.at(
                this,
                " is at a registry, from which images are saved under their own"
                        + " names; to fetch one from elsewhere, set a mirror or an endpoint (RegistryAccess)");
    }

    @Override
    BaseSource base() {
        return new BaseSource.OtherImage(reference, access.map(RegistryAccess::settings));
    }

    @Override
    StoredImage read(ImageChoice choice) throws IOException {
        AccessSettings settings = access.orElseGet(RegistryAccess::defaults).settings();
        try (RegistryClient client = new RegistryClient(settings, TransferListener.NONE);
                ImageReader reader = ImageReader.remote(client, new RemoteImage(reference))) {
            return reader.read(choice);
        }
    }

    /** {@return the report on the image, which is found by its digest if that is known} */
    @Override
    VerifiedFiles verified(Verification request) throws IOException {
        ImageReference written = request.expected().map(reference::withDigest).orElse(reference);
        try (TemporaryDirectory scratch = TemporaryDirectory.create("sealos-verify-");
                RegistryClient client = new RegistryClient(
                        access.map(RegistryAccess::settings).orElse(request.access()), TransferListener.NONE)) {
            return ImageReader.verify(client, new RemoteImage(written), scratch.directory("layers"), request);
        }
    }

    @Override
    FoundImages find(ImageChoice choice, List<Platform> wanted, BuildResources resources) throws IOException {
        AccessSettings settings = access.map(RegistryAccess::settings).orElse(resources.access());
        BaseImages fetched = new BaseImages(Map.of(reference.withDefaultTag(), base()), resources);
        if (resources.offline()) {
            return fetched.find(reference, namedPlatforms(choice, wanted), toString());
        }
        try (RegistryClient client = new RegistryClient(settings, TransferListener.NONE);
                ImageReader reader = ImageReader.remote(client, new RemoteImage(reference))) {
            List<Platform> platforms = reader.platforms(choice).stream()
                    .filter(has -> wanted.isEmpty()
                            || wanted.stream().anyMatch(want -> Platforms.matches(want, has.toString())))
                    .toList();
            return fetched.find(reference, platforms, toString());
        }
    }

    /** {@return the platforms for which the image is taken from the content store, without asking the registry} */
    private List<Platform> namedPlatforms(ImageChoice choice, List<Platform> wanted) throws IOException {
        List<Platform> named = choice.platform().map(List::of).orElse(wanted);
        if (named.isEmpty()) {
            throw new IOException(
                    this + " has unknown platforms, for which an offline call cannot ask its registry; name"
                            + " them with platform, or allow the network");
        }
        return named;
    }

    @Override
    LocalSource withLayers() {
        return new RemoteSource(
                new RemoteImage(reference),
                access.orElseGet(RegistryAccess::defaults).settings());
    }

    @Override
    public void check(List<Platform> platforms, boolean offline) {
        if (reference.digest().isPresent()) {
            throw PlacedArgumentException.at(
                    this, " cannot be pushed to: the digest follows from the content; name a tag");
        }
        if (offline) {
            throw PlacedArgumentException.at(
                    this, " cannot be pushed to by an offline build; write an OCI layout, or allow the network");
        }
    }

    @Override
    public void write(ImageOutput output) throws IOException {
        ContentStore store = output.resources().store();
        try (OutgoingDirectory work = workDirectory(output.request(), store)) {
            List<String> names = tagsOf(output);
            List<String> pushed =
                    names.stream().map(tag -> reference.name() + ":" + tag).toList();
            WrittenImage image = output.write(request -> work.write(request.withTags(pushed)));
            push(OutgoingImage.of(image, work.blobs()), names, settings(output.resources(), store));
        }
    }

    private OutgoingDirectory workDirectory(ImageRequest request, ContentStore store) throws IOException {
        return request.layers().records() == null
                ? OutgoingDirectory.passing(store.outgoing())
                : OutgoingDirectory.keptFor(reference.name(), store.outgoing());
    }

    private void push(OutgoingImage image, List<String> names, PushSettings settings) throws IOException {
        try {
            new ImagePusher(reference, settings).push(image, names);
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was pushed", e);
        }
    }

    private PushSettings settings(BuildResources build, ContentStore store) {
        AccessSettings settings = access.map(RegistryAccess::settings).orElse(build.access());
        return new PushSettings(store, settings, build.executor(), build.listener());
    }

    /** {@return the tags of this target or, if it has none, the tags of the build that are of this repository} */
    private List<String> tagsOf(ImageOutput output) {
        if (!tags.isEmpty()) {
            return tags;
        }
        List<String> ofBuild = output.tags().stream()
                .filter(name -> name.name().equals(reference.name()))
                .flatMap(name -> name.tag().stream())
                .toList();
        return ofBuild.isEmpty() ? List.of(DEFAULT_TAG) : ofBuild;
    }

    /** {@return the image in the notation of skopeo, such as {@code docker://docker.io/labring/nginx:v1.23.1}} */
    @Override
    public String toString() {
        return "docker://" + reference.withDefaultTag();
    }
}
