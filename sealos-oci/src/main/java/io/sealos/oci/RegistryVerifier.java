package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.build.save.ImagePlaces;
import io.sealos.oci.internal.inspect.ApplicationFiles;
import io.sealos.oci.internal.inspect.ImageReader;
import io.sealos.oci.internal.inspect.RegistryCheck;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Verifies that a finished cluster image is self-contained, for an air-gapped site: its own {@code /registry} has the
 * images that its application runs, and they reach the nodes. Only the stored image counts, whoever built it; a
 * registry directory at another place, where sealos does not look, is a problem. Thread-safe.
 *
 * <ul>
 *   <li>Every image that {@code charts/}, {@code manifests/} and {@code images/shim/} of the image ask for is served
 *       under its name or digest, for the platform of the nodes, with every blob.
 *   <li>It is so at the site, too. There sealos copies every tag, first with all that it leads to, and then as the
 *       image for the platform of its own host; it ends at a repository that has no tag. A node asks for the digest,
 *       then for the tag, or for {@code latest} where the reference has none.
 *   <li>Every blob has the digest that its path says.
 *   <li>What a manifest needs is linked in its repository, for a registry finds nothing else; and every blob is linked.
 * </ul>
 */
public final class RegistryVerifier {
    private static final Platform DEFAULT_NODE = Platform.linuxAmd64();

    private RegistryVerifier() {}

    /**
     * {@return the report on the only image of an origin, for nodes of its platform and any control host}
     *
     * @param origin a layout or archive; or a {@link RegistryDirectory}, of which every image is judged, for
     *     {@code linux/amd64}
     * @throws ImageChoiceException if there are several images, or none
     * @throws IOException if it cannot be read
     */
    public static RegistryReport verify(ImageOrigin origin) throws IOException {
        return origin instanceof RegistryDirectory directory
                ? verify(directory, List.of(), Site.ofAnyHost())
                : verify(origin, ImageChoice.any(), ImageScanner.builder().build());
    }

    /**
     * {@return the report on one image, for nodes of its platform and any control host}
     *
     * @param origin a layout or archive
     * @param choice the choice of one of its images
     * @param scanner the scanner for its charts, manifests and lists
     * @throws ImageChoiceException if the choice matches several images or none
     * @throws IOException if it cannot be read
     */
    public static RegistryReport verify(ImageOrigin origin, ImageChoice choice, ImageScanner scanner)
            throws IOException {
        return verify(origin, choice, scanner, Site.ofAnyHost());
    }

    /**
     * {@return the report on one image}
     *
     * @param origin a layout or archive
     * @param choice the choice of one of its images
     * @param scanner the scanner for its charts, manifests and lists
     * @param site the site
     * @throws ImageChoiceException if the choice matches several images or none
     * @throws IOException if it cannot be read
     */
    public static RegistryReport verify(ImageOrigin origin, ImageChoice choice, ImageScanner scanner, Site site)
            throws IOException {
        try (TemporaryDirectory scratch = TemporaryDirectory.create("sealos-verify-")) {
            ApplicationFiles files = new ApplicationFiles(scratch.directory("files"));
            RegistryCheck registry = origin.check(choice, files);
            return report(registry, scanner.scan(files.directory()), site);
        }
    }

    /**
     * {@return the report on a directory, such as {@link ClusterImage#saveRegistry} leaves}
     *
     * @param directory the directory that has {@code docker/registry/v2}
     * @param references what Pods will ask for, as {@link ImageInventory#references()} has it; if empty, every image
     *     that the directory has is judged
     * @param site the site
     * @throws IOException if it cannot be read, or is no such directory
     */
    public static RegistryReport verify(RegistryDirectory directory, Collection<ImageReference> references, Site site)
            throws IOException {
        RegistryCheck registry = ImageReader.check(directory.path(), DEFAULT_NODE);
        List<String> problems = new ArrayList<>(registry.problems());
        List<String> notices = new ArrayList<>();
        for (ImageReference reference : references.isEmpty() ? all(registry) : references) {
            RegistryCheck.Judgement judgement = judge(registry, reference, site);
            problems.addAll(judgement.problems());
            notices.addAll(judgement.notices());
        }
        return new RegistryReport(List.copyOf(references), problems, notices);
    }

    /** {@return the images of a directory, which does not say from which registry it has them} */
    private static List<ImageReference> all(RegistryCheck directory) {
        return directory.names().stream()
                .map(name -> ImageReference.parse("any.host/" + name))
                .toList();
    }

    private static RegistryReport report(RegistryCheck registry, ImageInventory inventory, Site site) {
        List<String> problems = new ArrayList<>(registry.problems());
        List<String> notices = new ArrayList<>();
        for (ImageReference reference : inventory.references()) {
            String place = ImagePlaces.first(reference, inventory) + ": ";
            RegistryCheck.Judgement judgement = judge(registry, reference, site);
            judgement.problems().forEach(problem -> problems.add(place + problem));
            judgement.notices().forEach(notice -> notices.add(place + notice));
        }
        inventory.problems().forEach(problem -> problems.add(problem.toString()));
        return new RegistryReport(inventory.references(), problems, notices);
    }

    private static RegistryCheck.Judgement judge(RegistryCheck registry, ImageReference reference, Site site) {
        return registry.judge(reference, site.hosts(), site.nodesOr(registry.platform()));
    }
}
