package io.sealos.oci;

import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.images.VirtualContext;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.Platform;
import io.sealos.layout.LayoutValidator;
import io.sealos.layout.Severity;
import io.sealos.oci.internal.build.AcceptedGaps;
import io.sealos.oci.internal.build.BuildRequest;
import io.sealos.oci.internal.build.CreatedTime;
import io.sealos.oci.internal.build.base.BaseSource;
import io.sealos.oci.internal.build.bill.DocumentOptions;
import io.sealos.oci.internal.build.resources.BuildResources;
import io.sealos.oci.internal.build.save.SaveOptions;
import io.sealos.oci.internal.inspect.SiteBlobs;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.save.PlatformChoice;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.trust.policy.SignatureRules;
import io.sealos.oci.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a {@link ClusterImageBuilder} collects. Mutable; a build receives them as an immutable
 * {@link BuildRequest}.
 */
final class BuilderSettings {
    @Nullable
    Path context;

    private VirtualContext.@Nullable Builder given;

    @Nullable
    Path kubefilePath;

    @Nullable
    Kubefile kubefile;

    final Set<ImageReference> tags = new LinkedHashSet<>();
    final List<Platform> platforms = new ArrayList<>();
    BuildOptions options = BuildOptions.defaults();
    boolean saveImages = true;
    AcceptedGaps acceptedGaps = AcceptedGaps.NONE;
    boolean offline;
    boolean referrers;
    boolean lockBlobs;
    SignatureRules signatures = SignatureRules.NONE;
    boolean saveArtifacts;
    DocumentOptions documents = DocumentOptions.NONE;
    final Map<ImageReference, LocalSource> images = new LinkedHashMap<>();
    final Set<ImageReference> preferred = new LinkedHashSet<>();
    boolean allPlatforms;
    final Set<ImageReference> wholeImages = new LinkedHashSet<>();
    final Set<ImageReference> singleImages = new LinkedHashSet<>();
    final Map<ImageReference, BaseSource> baseImages = new LinkedHashMap<>();
    ImageScanner scanner = ImageScanner.builder().build();
    RegistryAccess registryAccess = RegistryAccess.defaults();

    @Nullable
    Path contentStore;

    @Nullable
    ImageLock lock;

    @Nullable
    Instant created;

    LayoutValidator validator = LayoutValidator.standard();

    @Nullable
    Severity failOn;

    final SortedMap<String, String> annotations = new TreeMap<>();
    BuildListener listener = BuildListener.NONE;
    LayerOptions layers = LayerOptions.DEFAULT;
    FileModes fileModes = FileModes.AS_FOUND;
    boolean reuseLayers = true;
    final List<SigningKey> signingKeys = new ArrayList<>();
    final List<SiteBlobs> deltaBases = new ArrayList<>();
    final List<Path> deltaFiles = new ArrayList<>();

    void addTag(String reference) {
        ImageReference name = ImageReference.parse(Objects.requireNonNull(reference, "reference"));
        if (name.digest().isPresent()) {
            throw new IllegalArgumentException(
                    "the image cannot be named '" + reference + "': its digest follows from its content; name a tag");
        }
        tags.add(name.withDefaultTag());
    }

    void addAnnotation(String name, String value) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an annotation has no name; its value is '" + value + "'");
        }
        annotations.put(name, Objects.requireNonNull(value, "value"));
    }

    /** Chooses which platforms of one image are saved. A later choice replaces an earlier one. */
    void choosePlatforms(String reference, Set<ImageReference> chosen, Set<ImageReference> other) {
        ImageReference image = ImageReference.parse(Objects.requireNonNull(reference, "reference"))
                .withDefaultTag();
        chosen.add(image);
        other.remove(image);
    }

    /** {@return the files that are laid over the context directory} */
    VirtualContext.Builder given() {
        VirtualContext.Builder known = given;
        if (known == null) {
            known = VirtualContext.builder();
            given = known;
        }
        return known;
    }

    private Optional<Path> wholeContext() throws IOException {
        if (given == null) {
            return Optional.ofNullable(context);
        }
        return Optional.of(
                (context == null ? given : given.over(context)).build().path());
    }

    /** {@return the name of the context in messages} */
    String contextName() {
        return context == null ? "the given files" : context.toString();
    }

    /** {@return the settings as they are now} */
    BuildRequest request() throws IOException {
        return new BuildRequest(
                new BuildRequest.Source(
                        wholeContext(), Optional.ofNullable(kubefilePath), Optional.ofNullable(kubefile)),
                new BuildRequest.Evaluation(options, platforms, baseImages),
                saveArtifacts && saveImages ? scanner.withArtifacts() : scanner,
                new BuildRequest.Checks(validator, Optional.ofNullable(failOn), acceptedGaps),
                saving(),
                output(),
                resources(),
                deltaBases,
                documents);
    }

    private SaveOptions saving() {
        PlatformChoice choice = new PlatformChoice(allPlatforms, true, wholeImages, singleImages);
        return new SaveOptions(
                saveImages, images, preferred, choice, referrers, saveArtifacts, lockBlobs, Optional.ofNullable(lock));
    }

    private BuildRequest.Output output() {
        return new BuildRequest.Output(
                List.copyOf(tags),
                CreatedTime.epochSecond(Optional.ofNullable(created)),
                annotations,
                layers,
                fileModes,
                reuseLayers,
                List.copyOf(signingKeys),
                List.copyOf(deltaFiles));
    }

    private BuildResources resources() {
        return new BuildResources(
                registryAccess.settings(),
                offline,
                signatures,
                Optional.ofNullable(layers.executor()),
                Optional.ofNullable(contentStore),
                Optional.ofNullable(context),
                listener);
    }

    /**
     * {@return a listener that keeps exceptions of another one from the build} After its first exception the other
     * listener is not called again, and the exception is passed to the uncaught exception handler of the thread. It may
     * be a checked exception, because languages such as Kotlin do not restrict these.
     */
    static BuildListener isolated(BuildListener listener) {
        AtomicBoolean failed = new AtomicBoolean();
        return event -> {
            if (!failed.get()) {
                try {
                    listener.onEvent(event);
                } catch (Exception e) {
                    if (failed.compareAndSet(false, true)) {
                        Thread thread = Thread.currentThread();
                        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
                    }
                }
            }
        };
    }
}
