package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.internal.text.Count;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.evaluate.StoredConfig;
import io.sealos.oci.internal.build.save.ImagePlaces;
import io.sealos.oci.internal.delta.DeltaNeeds;
import io.sealos.oci.internal.inspect.ApplicationFiles;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.RegistryCheck;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Verifies that a finished cluster image is self-contained, as an air-gapped site requires: {@code /registry} in the
 * image has the images that the application runs, and the nodes of the site can pull them. The verification uses only
 * the stored image, and accepts images of other tools. A registry directory at another path is a problem, because
 * sealos does not use it. Thread-safe.
 *
 * <p>It verifies that:
 *
 * <ul>
 *   <li>Every image that the commands of the image, {@code charts/}, {@code manifests/} and {@code images/shim/}
 *       request is served under its name or digest, for the platform of the nodes, with all blobs. What cannot be
 *       scanned is a problem, also if the build accepted the gap.
 *   <li>The registry of the site also serves them. Sealos copies every tag to it: first everything that the tag points
 *       to, and then the image for the platform of the control host. It stops at a repository without tags. A node
 *       requests an image by digest, and then by tag, or by {@code latest} if the reference has no tag.
 *   <li>Artifacts that controllers fetch, if {@code /registry} has them, reach the registry of the site. Those that it
 *       does not have are notices.
 *   <li>Every blob has the digest that is part of its path.
 *   <li>The repository of a manifest links to all blobs of the manifest, because a registry serves no other blobs.
 *       Every blob is linked from a repository.
 * </ul>
 *
 * @since 0.1.0
 */
public final class RegistryVerifier {
    private static final Platform DEFAULT_NODE = Platform.linuxAmd64();
    private static final String IMAGE = "image";

    private RegistryVerifier() {}

    /**
     * Verifies the only image of a source, for nodes with its platform and for any control host.
     *
     * @param source a layout or an archive, or a {@link RegistryDirectory}, all images of which are then verified for
     *     nodes with {@code linux/amd64}
     * @return the report
     * @throws ImageChoiceException if the source has several images, or none
     * @throws IllegalArgumentException if the source is a {@link RegistryImage}, whose layers are not read
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static RegistryReport verify(ImageSource source) throws IOException {
        return source instanceof RegistryDirectory directory
                ? verify(directory, List.of(), Site.ofAnyHost())
                : verify(source, ImageChoice.any(), ImageScanner.builder().build());
    }

    /**
     * Verifies one image of a source, for nodes with its platform and for any control host.
     *
     * @param source a layout or an archive
     * @param choice the choice of one of its images
     * @param scanner the scanner for the files and commands of the image
     * @return the report
     * @throws ImageChoiceException if the choice matches several images or none
     * @throws IllegalArgumentException if the source is a {@link RegistryImage}, whose layers are not read
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static RegistryReport verify(ImageSource source, ImageChoice choice, ImageScanner scanner)
            throws IOException {
        return verify(source, choice, scanner, Site.ofAnyHost());
    }

    /**
     * Verifies one image of a source for a site.
     *
     * @param source a layout or an archive
     * @param choice the choice of one of its images
     * @param scanner the scanner for the files and commands of the image
     * @param site the site
     * @return the report
     * @throws ImageChoiceException if the choice matches several images or none
     * @throws IllegalArgumentException if the source is a {@link RegistryImage}, whose layers are not read
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static RegistryReport verify(ImageSource source, ImageChoice choice, ImageScanner scanner, Site site)
            throws IOException {
        return verify(source, choice, scanner, site, List.of());
    }

    /**
     * Verifies the only image of a source, for nodes with its platform, for any control host, and for a site with the
     * given bases. A delta image is complete if the bases have all blobs that it leaves out. The methods without bases
     * report a delta image as incomplete.
     *
     * @param source a layout or an archive
     * @param bases the bases that the site has
     * @return the report
     * @throws ImageChoiceException if the source has several images, or none
     * @throws IllegalArgumentException if the source is a {@link RegistryImage}, whose layers are not read
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static RegistryReport verify(ImageSource source, List<DeltaBase> bases) throws IOException {
        return verify(source, ImageChoice.any(), ImageScanner.builder().build(), Site.ofAnyHost(), bases);
    }

    /**
     * Verifies one image of a source for a site with the given bases.
     *
     * @param source a layout or an archive
     * @param choice the choice of one of its images
     * @param scanner the scanner for the files and commands of the image
     * @param site the site
     * @param bases the bases that the site has
     * @return the report
     * @throws ImageChoiceException if the choice matches several images or none
     * @throws IllegalArgumentException if the source is a {@link RegistryImage}, whose layers are not read
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static RegistryReport verify(
            ImageSource source, ImageChoice choice, ImageScanner scanner, Site site, List<DeltaBase> bases)
            throws IOException {
        try (TemporaryDirectory scratch = TemporaryDirectory.create("sealos-verify-");
                ApplicationFiles files = new ApplicationFiles(scratch.directory("files"))) {
            RegistryCheck registry = source.check(choice, files);
            return report(registry, scanner.scan(files.context(), evaluation(files)), site, bases);
        }
    }

    /** {@return the evaluation of a build file that adds the files of an image to its configuration} */
    private static KubefileEvaluation evaluation(ApplicationFiles files) {
        BuildOptions options = BuildOptions.builder()
                .baseConfig(IMAGE, StoredConfig.read(files.config()))
                .build();
        return Kubefile.builder().from(IMAGE).copy(".", ".").build().evaluate(options);
    }

    /**
     * Verifies a registry directory, such as one that {@link ClusterImage#saveRegistry} has written.
     *
     * @param directory the registry directory
     * @param references the images that Pods will request, such as {@link ImageInventory#references()}; if empty, all
     *     images of the directory are verified
     * @param site the site
     * @return the report
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the directory cannot be read, or is not a registry directory
     */
    public static RegistryReport verify(RegistryDirectory directory, Collection<ImageReference> references, Site site)
            throws IOException {
        Interruptions.check("a registry was verified");
        RegistryCheck registry = ImageReader.check(directory.path(), DEFAULT_NODE);
        List<String> problems = new ArrayList<>(registry.problems());
        List<String> notices = new ArrayList<>();
        for (ImageReference reference : references.isEmpty() ? all(registry) : references) {
            RegistryCheck.Judgement judgement = judge(registry, reference, site);
            problems.addAll(judgement.problems());
            notices.addAll(judgement.notices());
        }
        return new RegistryReport(List.copyOf(references), List.of(), problems, notices);
    }

    /** {@return the images of a directory, which does not record their registries} */
    private static List<ImageReference> all(RegistryCheck directory) {
        return directory.names().stream()
                .map(name -> ImageReference.parse("any.host/" + name))
                .toList();
    }

    private static RegistryReport report(
            RegistryCheck registry, ImageInventory inventory, Site site, List<DeltaBase> bases) {
        List<String> problems = new ArrayList<>(registry.problems());
        registry.needs().ifPresent(needs -> problems.addAll(lacking(needs, registry.platform(), bases)));
        List<String> notices = new ArrayList<>();
        for (ImageReference reference : inventory.references()) {
            String place = ImagePlaces.first(reference, inventory) + ": ";
            RegistryCheck.Judgement judgement = judge(registry, reference, site);
            judgement.problems().forEach(problem -> problems.add(place + problem));
            judgement.notices().forEach(notice -> notices.add(place + notice));
        }
        inventory.problems().forEach(problem -> problems.add(problem.toString()));
        List<ImageReference> artifacts = inventory.artifacts();
        for (ImageReference artifact : artifacts) {
            verifyArtifact(registry, artifact, inventory, site, problems, notices);
        }
        return new RegistryReport(
                inventory.references(), artifacts.stream().filter(registry::has).toList(), problems, notices);
    }

    /** Verifies an artifact. One that was not saved is a notice, because the site may provide it. */
    private static void verifyArtifact(
            RegistryCheck registry,
            ImageReference artifact,
            ImageInventory inventory,
            Site site,
            List<String> problems,
            List<String> notices) {
        String place = ImagePlaces.ofArtifact(artifact, inventory).get(0) + ": ";
        if (!registry.has(artifact)) {
            notices.add(place + artifact + " is fetched by a controller and is not in registry/; save it by"
                    + " saveArtifacts(true), or provide it at the site");
            return;
        }
        RegistryCheck.Judgement judgement = registry.judgeArtifact(artifact, site.hosts());
        judgement.problems().forEach(problem -> problems.add(place + problem));
        judgement.notices().forEach(notice -> notices.add(place + notice));
    }

    /** {@return the blobs that a delta image needs and the bases do not have} */
    private static List<String> lacking(DeltaNeeds needs, Platform platform, List<DeltaBase> bases) {
        String delta = "the image is a delta of " + String.join(", ", needs.bases());
        if (bases.isEmpty()) {
            int blobs = needs.digests().size();
            return blobs == 0
                    ? List.of()
                    : List.of(delta + ", and "
                            + Count.of(blobs, "blob", "that it needs is", "that it needs are")
                            + " not in registry/; load the base first, and verify both together");
        }
        return needs.blobs().stream()
                .filter(need -> bases.stream().noneMatch(base -> base.has(need.repository(), need.digest(), platform)))
                .map(need -> delta + ", and " + need.repository() + " needs " + need.digest()
                        + ", which is neither in registry/ nor in the given bases; name the base that has it")
                .toList();
    }

    private static RegistryCheck.Judgement judge(RegistryCheck registry, ImageReference reference, Site site) {
        return registry.judge(reference, site.hosts(), site.nodesOr(registry.platform()));
    }
}
