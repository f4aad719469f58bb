package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageDiff;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.RenderedTemplate;
import io.sealos.images.ScanProblem;
import io.sealos.internal.json.PrettyJson;
import io.sealos.internal.text.Count;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Platform;
import io.sealos.kubefile.Stage;
import io.sealos.layout.Finding;
import io.sealos.layout.LayoutReport;
import io.sealos.oci.internal.build.BuildRequest;
import io.sealos.oci.internal.build.PreparedBuild;
import io.sealos.oci.internal.build.evaluate.PlatformEvaluation;
import io.sealos.oci.internal.inspect.SiteBlobs;
import io.sealos.oci.internal.tree.PlannedImage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The plan of a build. It is made without the network and without writing anything. A plan can be shown before the
 * build, or checked in the unit tests of a project that ships cluster images.
 *
 * <p>It describes the context directory as it was when the {@link ClusterImage} was built. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class BuildPlan {
    private final List<ImageReference> tags;
    private final Instant created;
    private final SortedMap<String, String> annotations;
    private final List<PlatformPlan> platformPlans;
    private final ImageInventory inventory;
    private final Map<ImageReference, List<String>> images;
    private final Map<ImageReference, List<String>> artifacts;
    private final List<ScanProblem> gaps;
    private final List<ImageDiff.Image> comparable;
    private final LayoutReport report;
    private final List<Digest> deltaBases;
    private final Optional<String> deltaNotice;
    private final PreparedBuild build;

    BuildPlan(PreparedBuild build) throws IOException {
        BuildRequest.Output output = build.request().output();
        this.tags = output.tags();
        this.created = Instant.ofEpochSecond(output.createdEpochSecond());
        this.annotations = output.annotations();
        this.platformPlans = platformPlans(build);
        this.inventory = build.images();
        this.images = build.imagesToSave();
        this.artifacts = build.artifactsToSave();
        this.gaps = build.gaps();
        this.comparable = build.comparableImages();
        this.report = build.checked().report();
        this.deltaBases =
                build.request().deltaBases().stream().map(SiteBlobs::digest).toList();
        this.deltaNotice = build.deltaNotice();
        this.build = build;
    }

    private static List<PlatformPlan> platformPlans(PreparedBuild build) throws IOException {
        List<PlannedImage> planned = build.plans();
        List<PlatformPlan> plans = new ArrayList<>();
        for (PlatformEvaluation evaluated : build.checked().evaluations()) {
            plans.add(PlatformPlan.of(evaluated, planned.get(plans.size()), build.savedImagesPath()));
        }
        return List.copyOf(plans);
    }

    /** {@return the canonical names of the image, in the order of the builder's calls} */
    public List<ImageReference> tags() {
        return tags;
    }

    /** {@return the creation time of the image, which is also the modification time of every file in it} */
    public Instant created() {
        return created;
    }

    /** {@return the annotations of the manifests and of the index, sorted} */
    public SortedMap<String, String> annotations() {
        return annotations;
    }

    /** {@return the platforms, in the order of the builder's calls} */
    public List<Platform> platforms() {
        return platformPlans.stream().map(PlatformPlan::platform).toList();
    }

    /** {@return the plan of each platform, in the order of the builder's calls} */
    public List<PlatformPlan> platformPlans() {
        return platformPlans;
    }

    /** {@return the stages that are built for the first platform} */
    public List<Stage> stages() {
        return platformPlans.get(0).stages();
    }

    /** {@return the configuration of the image for the first platform} */
    public ContainerConfig config() {
        return platformPlans.get(0).config();
    }

    /**
     * {@return the layers that will be created for the first platform, the lowest first} With
     * {@link RegistryLayering#PER_IMAGE} one of them stands for all layers of an instruction that copies saved images.
     */
    public List<PlannedLayer> layers() {
        return platformPlans.get(0).layers();
    }

    /**
     * {@return the base images of the first platform that have not been read yet; see {@link PlatformPlan#unreadBases}}
     */
    public List<String> unreadBases() {
        return platformPlans.get(0).unreadBases();
    }

    /**
     * {@return the images that will be saved into {@code registry/}, each once: those with a source of the caller,
     * those of archives of the context, then all others, sorted by their canonical names}
     */
    public List<ImageReference> images() {
        return List.copyOf(images.keySet());
    }

    /**
     * {@return the artifacts that will be saved into {@code registry/}, such as charts that controllers fetch at the
     * site; empty unless {@link ClusterImageBuilder ClusterImageBuilder.saveArtifacts} was called}
     */
    public List<ImageReference> artifacts() {
        return List.copyOf(artifacts.keySet());
    }

    /**
     * {@return the places that request an image or artifact, such as {@code manifests/pod.yaml:8}; empty for one that
     * will not be saved}
     *
     * @param image one of {@link #images()} or {@link #artifacts()}
     */
    public List<String> askedAt(ImageReference image) {
        return images.getOrDefault(image, artifacts.getOrDefault(image, List.of()));
    }

    /**
     * {@return the difference between the images and artifacts that this plan and a later one will save} The platforms
     * are compared as well. Digests are compared if the references or the locks of both builds contain them.
     *
     * @param later the later plan
     */
    public ImageDiff imageDiff(BuildPlan later) {
        return ImageDiff.between(comparable, later.comparable).withGaps(gaps, later.gaps);
    }

    /** {@return the image for a platform with everything in which it can differ from a finished one} */
    ComparedState compared(Platform platform) throws IOException {
        return ComparedState.planned(build, platform);
    }

    /**
     * {@return the difference between a lock and the images and artifacts that this plan will save, such as what a
     * directory needs that its committed lock lacks} The platforms are compared as well, and digests as by
     * {@link #imageDiff}. Nothing is fetched: {@link ClusterImage#resolve()} also shows tags that were moved to another
     * digest.
     *
     * @param before the lock
     */
    public ImageDiff imageDiffSince(ImageLock before) {
        List<ImageDiff.Image> locked =
                before.entries().stream().map(ImageDiff.Image::of).toList();
        return ImageDiff.between(locked, comparable).withGaps(List.of(), gaps);
    }

    /**
     * {@return the digests of the bases of a delta image, as {@link DeltaBase#digests} returns them; empty for a full
     * image} The plan describes the full image. {@link ClusterImage#planDelta} computes the bytes that are sent.
     */
    public List<Digest> deltaBases() {
        return deltaBases;
    }

    /**
     * {@return a notice, if the delta image will spare nothing, because the bases have none of the repositories of its
     * images; empty otherwise, and for a full image} Whether blobs are spared in a repository that a base has is known
     * from {@link ClusterImage#planDelta}.
     */
    public Optional<String> deltaNotice() {
        return deltaNotice;
    }

    /** {@return all images that were found, with their places and reasons} */
    public ImageInventory inventory() {
        return inventory;
    }

    /**
     * {@return the gaps, because of which images that the application runs may be missing, except those that
     * {@link ClusterImageBuilder#acceptGaps} or a comment accepts} If there are any, {@link ClusterImage#writeTo} and
     * {@link ClusterImage#saveRegistry} throw an {@link ImageGapsException}, unless the build does not save images.
     */
    public List<ScanProblem> gaps() {
        return gaps;
    }

    /** {@return the findings of the layout rules, sorted by path, place, rule and message} */
    public List<Finding> findings() {
        return report.findings();
    }

    /**
     * {@return the report of the layout rules, with the findings, the accepted findings and the rules} It can be
     * written as text with the lines of the files, as JSON and as SARIF.
     */
    public LayoutReport report() {
        return report;
    }

    /**
     * {@return the templates in {@code etc}, {@code scripts} and {@code manifests}, with the texts that sealos renders
     * when the image is run, in its order} The environment is that of the image for the first platform. The files are
     * read again, and are rendered by the chart engine of the scanner, without a network. A template larger than 5 MiB
     * is not rendered. Sealos stops at the first template that does not render, and later ones are returned here as
     * well.
     *
     * @param environment the variables that the site sets, which override those of the image, as with {@code sealos run
     *     -e}; a variable that nothing sets is rendered as {@code <no value>}
     * @throws java.io.InterruptedIOException if the thread is interrupted
     * @throws IOException if the context cannot be read
     */
    public List<RenderedTemplate> preview(Map<String, String> environment) throws IOException {
        return build.preview(environment);
    }

    /**
     * {@return the plan as a JSON object, indented by two spaces and terminated by a line feed, with the properties in
     * this order}
     *
     * <ul>
     *   <li>{@code tags}: names
     *   <li>{@code created}: as ISO 8601 in UTC
     *   <li>{@code annotations}: an object
     *   <li>{@code platforms}: objects with {@code platform}; {@code stages} ({@code index}, {@code name} if it has
     *       one, {@code from}); {@code unreadBases}, if there are any; {@code config} as in an OCI image, without empty
     *       properties; {@code layers} ({@code instruction}, {@code savedImages}, {@code size}, {@code files} with
     *       {@code path}, {@code type}, {@code mode} in octal digits, {@code owner}, {@code size} of files and
     *       {@code target} of symbolic links)
     *   <li>{@code images}: objects with {@code reference} and {@code askedAt}
     *   <li>{@code artifacts}: objects of the same form
     *   <li>{@code deltaBases}: digests, if it is a delta image; {@code deltaNotice}, if there is one
     *   <li>{@code gaps}: objects with {@code kind}, {@code file}, {@code line}, {@code message} and {@code fix}
     *   <li>{@code problems}: all problems of the scan, as objects of the same form
     *   <li>{@code siteNeeds}, if there are any: what controllers fetch at the site, as objects with {@code kind},
     *       {@code file}, {@code line}, {@code object}, {@code address}, {@code version} and {@code fix}
     *   <li>{@code whatIf}, if switches of charts were tried: {@code tried} (their number), {@code switches} and
     *       {@code undetermined} ({@code chart}, {@code key}, {@code value}, {@code file}, {@code line},
     *       {@code option}, {@code argument}, {@code scenarios}, {@code images} and, for the latter, {@code failure}),
     *       and {@code leftOut} (sentences)
     *   <li>{@code findings}: objects with {@code rule}, {@code severity}, {@code path}, {@code line} if it has one,
     *       {@code message} and {@code fix}
     * </ul>
     *
     * Equal plans have equal texts. Later versions may add properties.
     */
    public String toJson() {
        return PrettyJson.object(json -> {
            PlanJson.head(json, tags, created, annotations);
            PlanJson.platforms(json, platformPlans);
            PlanJson.images(json, "images", images);
            PlanJson.images(json, "artifacts", artifacts);
            PlanJson.delta(json, deltaBases, deltaNotice);
            PlanJson.problems(json, "gaps", gaps);
            PlanJson.problems(json, "problems", inventory.problems());
            PlanJson.needs(json, inventory);
            PlanJson.findings(json, findings());
        });
    }

    /**
     * {@return the plan as human-readable text, with a trailing line feed} It has the name, the layers of each platform
     * with their instructions and sizes, the images with the places that request them, the images that other values of
     * charts would need (if switches were tried), what controllers fetch at the site, the gaps and the findings. The
     * form may change in later versions; {@link #toJson} is for programs.
     */
    public String toText() {
        return PlanText.of(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BuildPlan that
                && tags.equals(that.tags)
                && created.equals(that.created)
                && annotations.equals(that.annotations)
                && platformPlans.equals(that.platformPlans)
                && inventory.equals(that.inventory)
                && images.equals(that.images)
                && artifacts.equals(that.artifacts)
                && gaps.equals(that.gaps)
                && report.equals(that.report)
                && deltaBases.equals(that.deltaBases)
                && deltaNotice.equals(that.deltaNotice);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                tags, created, annotations, platformPlans, inventory, images, artifacts, gaps, report, deltaBases);
    }

    /** {@return the names, the platforms and the numbers of images and gaps} */
    @Override
    public String toString() {
        return "plan of " + tags + " for " + platforms() + " with " + Count.of(images.size(), "image") + ", gaps: "
                + gaps.size();
    }
}
