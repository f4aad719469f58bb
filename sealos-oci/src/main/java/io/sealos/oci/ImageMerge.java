package io.sealos.oci;

import io.sealos.internal.files.PlacedArgumentException;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.CreatedTime;
import io.sealos.oci.internal.build.merge.PlatformMerge;
import io.sealos.oci.internal.inspect.FoundImage;
import io.sealos.oci.internal.layer.LayerOptions;
import io.sealos.oci.internal.layout.CopiedImage;
import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.OutgoingDirectory;
import io.sealos.oci.internal.tree.ScannedLayer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Merges cluster images into one, which sealos runs like the images one after the other. Immutable and thread-safe:
 * each setter returns a copy.
 *
 * <pre>{@code
 * ClusterImage.merge(OciLayout.archive(Path.of("kubernetes.tar")), OciLayout.archive(Path.of("calico.tar")))
 *         .tag("team/all:1.0")
 *         .writeTo(OciLayout.archive(Path.of("all.tar")));
 * }</pre>
 *
 * <p>The files are those that copying the images over each other in their order would give, as {@code sealos merge}
 * does with {@code COPY --from}: where several images have a file, the last one wins. Nothing is lost, because a layer
 * that deletes files, such as those of its own base image, does not delete them from other images.
 *
 * <p>The layers are copied byte for byte in their order, so a registry that has them mounts them. The lowest layers
 * that an earlier image has as its lowest layers, too, are not repeated. A layer is written again only if it deletes
 * files of an earlier image. If the files are still not those of the copies, because an image has changed a file of a
 * layer that it shares with a later one, a last layer with these files is added.
 *
 * <p>Of the configurations,
 *
 * <ul>
 *   <li>ENTRYPOINT and CMD are concatenated, each element unchanged;
 *   <li>labels, variables (without {@code PATH}) and annotations of the manifest are united, and the last image that
 *       has one determines its value;
 *   <li>if one image is a rootfs, the result is one, by both type labels;
 *   <li>user, working directory, stop signal and author are those of the last image that has one, and exposed ports and
 *       volumes are united; health checks and ONBUILD are left out;
 *   <li>the history is concatenated.
 * </ul>
 *
 * <p>A tag in {@code registry/} that points to several digests must be decided with {@link #prefer}; {@link #plan}
 * lists these and all other differences.
 *
 * <p>A {@linkplain ClusterImageBuilder delta image} is refused; merge the full image, which
 * {@link ClusterImage#combine} creates.
 *
 * <p>The result has all platforms that its images have, in the order in which they occur, and each image must have all
 * of them, unless {@link #platform} is called.
 *
 * @see ClusterImage#merge
 * @since 0.1.0
 */
public final class ImageMerge extends ComposedImage<ImageMerge> {
    private final List<Platform> platforms;
    private final List<ImageSource> preferred;

    private ImageMerge(ComposedSettings settings, List<Platform> platforms, List<ImageSource> preferred) {
        super(settings);
        this.platforms = List.copyOf(platforms);
        this.preferred = List.copyOf(preferred);
    }

    static ImageMerge of(List<ImageSource> sources) {
        return new ImageMerge(ComposedSettings.of(sources), List.of(), List.of());
    }

    @Override
    ImageMerge with(ComposedSettings other) {
        return new ImageMerge(other, platforms, preferred);
    }

    /**
     * {@return a copy that merges the images for a platform} May be called several times. Default: all platforms of all
     * images.
     *
     * @param platform the platform in the form {@code os/architecture[/variant]}, such as {@code linux/arm64}
     * @throws IllegalArgumentException if it has another form
     */
    public ImageMerge platform(String platform) {
        List<Platform> more = new ArrayList<>(platforms);
        more.add(Platform.parse(platform));
        return new ImageMerge(settings, ComposedSettings.distinct(more), preferred);
    }

    /**
     * {@return a copy in which an image wins over all others, wherever it is in the order} It determines each tag,
     * file, label, variable and other value that it has, as if it was copied once more after all others. If the method
     * is called several times, the last image wins.
     *
     * @param source the source of the image, equal to one that is merged
     * @throws IllegalArgumentException if no image of this source is merged
     */
    public ImageMerge prefer(ImageSource source) {
        if (settings.inputs().stream().noneMatch(input -> input.source().equals(source))) {
            throw PlacedArgumentException.at(source, " cannot be preferred: it is not one of the merged images");
        }
        List<ImageSource> more = new ArrayList<>(preferred);
        more.add(source);
        return new ImageMerge(settings, platforms, more);
    }

    /**
     * Reads the images, and compares them. Images at a registry are fetched into the content store.
     *
     * @return the plan
     * @throws ImageChoiceException if a source has several images with different names, or an image lacks a platform
     * @throws ImageSaveException if an image could not be fetched from its registry
     * @throws java.io.InterruptedIOException if the thread is interrupted
     * @throws IOException if a source cannot be read
     * @throws IllegalStateException if no image was given
     */
    public MergePlan plan() throws IOException {
        return call("plan merge", "the merge", inputs -> MergePlan.of(merges(inputs, wanted(inputs))));
    }

    /**
     * {@inheritDoc}
     *
     * @throws MergeConflictException if images have different digests for a tag in {@code registry/}, and none of them
     *     is preferred; nothing is written
     */
    @Override
    public WriteResult writeTo(ImageTarget target) throws IOException {
        return call("write " + target, target, inputs -> {
            List<Platform> wanted = wanted(inputs);
            target.check(wanted, settings.offline());
            List<PlatformMerge> merges = merges(inputs, wanted);
            refuseConflicts(merges);
            List<CopiedImage> images = new ArrayList<>();
            for (PlatformMerge merge : merges) {
                images.add(image(merge, inputs));
            }
            return write(target, ImageRequest.copyOf(images, settings.names()));
        });
    }

    private List<Platform> wanted(OpenInputs inputs) throws IOException {
        List<List<FoundImage>> found = inputs.find(platforms);
        if (!platforms.isEmpty()) {
            return platforms;
        }
        return ComposedSettings.distinct(
                found.stream().flatMap(List::stream).map(FoundImage::platform).toList());
    }

    private List<PlatformMerge> merges(OpenInputs inputs, List<Platform> wanted) throws IOException {
        List<List<FoundImage>> found = inputs.find(platforms);
        List<PlatformMerge> merges = new ArrayList<>();
        for (Platform platform : wanted) {
            List<FoundImage> images = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                String name = settings.inputs().get(i).source().toString();
                images.add(OpenInputs.forPlatform(found.get(i), platform, name));
            }
            merges.add(PlatformMerge.of(
                    platform, images, ranks(), () -> inputs.work().scratch()));
        }
        return merges;
    }

    /** {@return the positions of the preferred images, the strongest last} */
    private List<Integer> ranks() {
        List<Integer> ranks = new ArrayList<>();
        for (ImageSource source : preferred) {
            for (int i = 0; i < settings.inputs().size(); i++) {
                if (settings.inputs().get(i).source().equals(source)) {
                    ranks.add(i);
                }
            }
        }
        return ranks;
    }

    private static void refuseConflicts(List<PlatformMerge> merges) throws IOException {
        List<MergeConflict> undecided = new ArrayList<>();
        for (PlatformMerge merge : merges) {
            merge.tagConflicts().stream()
                    .filter(conflict -> !conflict.isDecided())
                    .forEach(undecided::add);
        }
        if (!undecided.isEmpty()) {
            throw new MergeConflictException(undecided);
        }
    }

    private CopiedImage image(PlatformMerge merge, OpenInputs inputs) throws IOException {
        long created = CreatedTime.epochSecond(Optional.empty());
        List<ScannedLayer> written = List.of();
        if (!merge.steps().isEmpty()) {
            OutgoingDirectory work = inputs.work();
            LayerOptions options =
                    settings.executor().map(LayerOptions.DEFAULT::withExecutor).orElse(LayerOptions.DEFAULT);
            written = work.writeLayers(merge.steps(), options, created, settings.listener());
        }
        return merge.image(written, created);
    }

    /** {@return the images, such as {@code merge of oci-archive:kubernetes.tar and oci-archive:calico.tar}} */
    @Override
    public String toString() {
        return "merge of " + settings.sources();
    }
}
