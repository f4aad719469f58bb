package io.sealos.oci;

import io.sealos.SealosException.Part;
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
import io.sealos.oci.internal.progress.CallRun;
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
     * Verifies the only image of a source for all of its platforms, each for nodes with this platform, and for any
     * control host. If there are several platforms, each problem and notice begins with its platform.
     *
     * @param source a layout or an archive, or a {@link RegistryDirectory}, all images of which are then verified for
     *     nodes with {@code linux/amd64}
     * @return the report
     * @throws ImageChoiceException if the source has several images with different names, or none
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static RegistryReport verify(ImageSource source) throws IOException {
        return verify(source, BuildListener.NONE);
    }

    /**
     * Verifies the only image of a source like {@link #verify(ImageSource)}, and reports the progress.
     *
     * @param source a layout or an archive, or a {@link RegistryDirectory}
     * @param listener receives the events of the phase {@link BuildPhase#VERIFY} for each platform, in which layers are
     *     read. The charts are rendered afterwards. If it throws an exception, it is not called again
     * @return the report
     * @throws ImageChoiceException if the source has several images with different names, or none
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static RegistryReport verify(ImageSource source, BuildListener listener) throws IOException {
        return source instanceof RegistryDirectory directory
                ? verify(directory, List.of(), Site.ofAnyHost())
                : verify(
                        source,
                        ImageChoice.any(),
                        ImageScanner.builder().build(),
                        Site.ofAnyHost(),
                        List.of(),
                        listener);
    }

    /**
     * Verifies one image of a source, for all platforms that the choice matches, and for any control host.
     *
     * @param source a layout or an archive
     * @param choice the choice of one of its images
     * @return the report
     * @throws ImageChoiceException if the choice matches images with different names, or none
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static RegistryReport verify(ImageSource source, ImageChoice choice) throws IOException {
        return verify(source, choice, ImageScanner.builder().build());
    }

    /**
     * Verifies one image of a source, for all platforms that the choice matches, and for any control host.
     *
     * @param source a layout or an archive
     * @param choice the choice of one of its images
     * @param scanner the scanner for the files and commands of the image
     * @return the report
     * @throws ImageChoiceException if the choice matches images with different names, or none
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
     * @throws ImageChoiceException if the choice matches images with different names, or none
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
     * @throws ImageChoiceException if the source has several images with different names, or none
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
     * @throws ImageChoiceException if the choice matches images with different names, or none
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static RegistryReport verify(
            ImageSource source, ImageChoice choice, ImageScanner scanner, Site site, List<DeltaBase> bases)
            throws IOException {
        return verify(source, choice, scanner, site, bases, BuildListener.NONE);
    }

    /**
     * Verifies one image of a source for a site with the given bases, and reports the progress.
     *
     * @param source a layout or an archive
     * @param choice the choice of one of its images
     * @param scanner the scanner for the files and commands of the image
     * @param site the site
     * @param bases the bases that the site has
     * @param listener receives the events, as in {@link #verify(ImageSource, BuildListener)}
     * @return the report
     * @throws ImageChoiceException if the choice matches images with different names, or none
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the source cannot be read
     */
    public static RegistryReport verify(
            ImageSource source,
            ImageChoice choice,
            ImageScanner scanner,
            Site site,
            List<DeltaBase> bases,
            BuildListener listener)
            throws IOException {
        BuildListener isolated = BuilderSettings.isolated(listener);
        List<Platform> platforms = new ArrayList<>();
        List<RegistryReport> reports = new ArrayList<>();
        Interruptions.check("a registry was verified");
        try (TemporaryDirectory scratch = TemporaryDirectory.create("sealos-verify-");
                CallRun call = CallRun.start(isolated, "verify the registry in " + source)) {
            source.check(choice, scratch, isolated, (registry, files) -> {
                platforms.add(registry.platform());
                reports.add(report(registry, scanner.scan(files.context(), evaluation(files)), site, bases));
            });
            return call.complete(RegistryReport.merged(platforms, reports));
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
        List<Part> problems = new ArrayList<>();
        registry.problems().forEach(problem -> problems.add(placed(problem)));
        List<String> notices = new ArrayList<>();
        for (ImageReference reference : references.isEmpty() ? all(registry) : references) {
            RegistryCheck.Judgement judgement = judge(registry, reference, site);
            judgement.problems().forEach(problem -> problems.add(placed(problem)));
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
        List<Part> problems = new ArrayList<>();
        registry.problems().forEach(problem -> problems.add(placed(problem)));
        registry.needs()
                .ifPresent(needs ->
                        lacking(needs, registry.platform(), bases).forEach(problem -> problems.add(placed(problem))));
        List<String> notices = new ArrayList<>();
        for (ImageReference reference : inventory.references()) {
            String place = ImagePlaces.first(reference, inventory);
            RegistryCheck.Judgement judgement = judge(registry, reference, site);
            judgement.problems().forEach(problem -> problems.add(part(place, problem)));
            judgement.notices().forEach(notice -> notices.add(place + ": " + notice));
        }
        inventory
                .problems()
                .forEach(problem -> problems.add(new Part(
                        problem.file() + (problem.line() > 0 ? ":" + problem.line() : ""),
                        problem.message(),
                        problem.fix())));
        List<ImageReference> artifacts = inventory.artifacts();
        for (ImageReference artifact : artifacts) {
            verifyArtifact(registry, artifact, inventory, site, problems, notices);
        }
        return new RegistryReport(
                inventory.references(), artifacts.stream().filter(registry::has).toList(), problems, notices);
    }

    /** {@return a problem that begins with its place, if its first word is a path or an image} */
    private static Part placed(String problem) {
        int end = problem.indexOf(' ');
        String first = problem.substring(0, Math.max(0, end));
        if (first.endsWith(":")) {
            return part(first.substring(0, first.length() - 1), problem.substring(end + 1));
        }
        return first.contains("/") ? part(first, problem.substring(end + 1)) : part("", problem);
    }

    private static Part part(String place, String problem) {
        int end = problem.lastIndexOf("; ");
        return end < 0
                ? new Part(place, problem, "")
                : new Part(place, problem.substring(0, end), problem.substring(end + 2));
    }

    /** Verifies an artifact. One that was not saved is a notice, because the site may provide it. */
    private static void verifyArtifact(
            RegistryCheck registry,
            ImageReference artifact,
            ImageInventory inventory,
            Site site,
            List<Part> problems,
            List<String> notices) {
        String place = ImagePlaces.ofArtifact(artifact, inventory).get(0);
        if (!registry.has(artifact)) {
            notices.add(place + ": " + artifact + " is fetched by a controller and is not in registry/; save artifacts,"
                    + " too (saveArtifacts), or provide it at the site");
            return;
        }
        RegistryCheck.Judgement judgement = registry.judgeArtifact(artifact, site.hosts());
        judgement.problems().forEach(problem -> problems.add(part(place, problem)));
        judgement.notices().forEach(notice -> notices.add(place + ": " + notice));
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
