package io.sealos.oci;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.oci.internal.FileTree;
import io.sealos.oci.internal.inspect.ApplicationFiles;
import io.sealos.oci.internal.inspect.RegistryCheck;
import io.sealos.oci.internal.inspect.WrongChoiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that a finished cluster image is sufficient for itself, on a site without a network: what the application in
 * it asks for is in its own {@code registry/}. It looks at the stored image only, whoever built it.
 *
 * <ul>
 *   <li>Every image that {@code charts/}, {@code manifests/} and {@code images/shim/} of the image ask for is served
 *       under its name or digest, for the platform of the image, with every blob.
 *   <li>Every blob has the digest that its path says.
 *   <li>What a manifest needs is linked in its repository, for a registry finds nothing else; and every blob is linked.
 * </ul>
 */
public final class RegistryVerifier {
    private RegistryVerifier() {}

    /**
     * {@return what was found in the only image there}
     *
     * @param origin a layout or archive
     * @throws ImageChoiceException if there are several images, or none
     * @throws IOException if it cannot be read
     */
    public static RegistryReport verify(ImageOrigin origin) throws IOException {
        return verify(origin, ImageChoice.any(), ImageScanner.builder().build());
    }

    /**
     * {@return what was found in one image}
     *
     * @param origin a layout or archive
     * @param choice which of its images
     * @param scanner how images are looked for in its charts, manifests and lists
     * @throws ImageChoiceException if several images or none are what the choice says
     * @throws IOException if it cannot be read
     */
    public static RegistryReport verify(ImageOrigin origin, ImageChoice choice, ImageScanner scanner)
            throws IOException {
        Path scratch = Files.createTempDirectory("sealos-verify-");
        try {
            ApplicationFiles files = new ApplicationFiles(scratch);
            RegistryCheck registry = Origins.check(origin, choice.wanted(), files);
            return report(registry, scanner.scan(files.folder()));
        } catch (WrongChoiceException e) {
            throw new ImageChoiceException(e);
        } finally {
            FileTree.delete(scratch);
        }
    }

    private static RegistryReport report(RegistryCheck registry, ImageInventory inventory) {
        List<String> problems = new ArrayList<>(registry.problems());
        for (ImageReference reference : inventory.references()) {
            registry.problem(reference)
                    .map(problem -> ImageSaving.askedAt(reference, inventory) + ": " + problem)
                    .ifPresent(problems::add);
        }
        inventory.problems().forEach(problem -> problems.add(problem.toString()));
        return new RegistryReport(inventory.references(), problems);
    }
}
