package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.read.Platforms;
import io.sealos.oci.internal.source.SiteNames;
import java.util.Optional;

/**
 * The result of a pull of an image by a node of a site. image-cri-shim requests the digest if there is one, otherwise
 * the tag or {@code latest}.
 *
 * @param problem the reason why the node does not get the image; empty if it does
 * @param notice the tag by which the node gets the image, if not by its digest; otherwise empty
 */
record Arrival(String problem, String notice) {

    /**
     * {@return the result of a pull}
     *
     * @param node the platform of the node; empty for a controller, which fetches an artifact
     */
    static Arrival of(ImageReference reference, RegistryView directory, SiteSync site, Optional<Platform> node) {
        return new Asking(reference, directory, site, node).arrival();
    }

    private static Arrival failed(String problem) {
        return new Arrival(problem, "");
    }

    /** The pull of one reference. */
    private static final class Asking {
        private final Optional<String> digest;
        private final String repository;
        private final String tag;
        private final RegistryView directory;
        private final SiteSync site;
        private final Optional<Platform> node;

        Asking(ImageReference reference, RegistryView directory, SiteSync site, Optional<Platform> node) {
            this.digest = reference.digest().map(Digest::toString);
            this.repository = SiteNames.repository(reference);
            this.tag = reference.tag().orElse("latest");
            this.directory = directory;
            this.site = site;
            this.node = node;
        }

        Arrival arrival() {
            Optional<RegistryDocument> found = digest.filter(wanted -> site.has(repository, wanted))
                    .map(directory::document)
                    .flatMap(this::forNode);
            if (found.isPresent()) {
                return fitting(found.get());
            }
            Optional<SiteSync.Copy> tagged = site.tag(repository, tag);
            if (digest.isPresent() && tagged.filter(this::isWanted).isEmpty()) {
                return failed(withoutDigest(digest.get())
                        + tagged.map(copy -> "; " + tag + " is another image there")
                                .orElse(""));
            }
            if (tagged.isEmpty()) {
                return failed("sealos copies neither all that its tag leads to, because something is missing, nor an"
                        + " image for its own host; save the images again");
            }
            Arrival arrival = tagged.map(SiteSync.Copy::digest)
                    .map(directory::document)
                    .flatMap(this::forNode)
                    .map(this::fitting)
                    .orElseGet(() -> failed("it has no image for them; save it for their platform"));
            return digest.isEmpty() || !arrival.problem().isEmpty()
                    ? arrival
                    : new Arrival("", "is found at the site by its tag " + tag + ", with another digest");
        }

        /** {@return the reason why a digest of the directory is unknown at the site} */
        private String withoutDigest(String wanted) {
            if (site.hasChanged(repository, wanted)) {
                return "sealos compresses layers, by which it gets another digest; name its tag as well";
            }
            RegistryDocument document = directory.document(wanted);
            return document != null && !document.isManifest()
                    ? "sealos copies an index under its digest only with all that it lists; save all its platforms, or"
                            + " name its tag as well"
                    : "no tag leads sealos to its digest; save the images again";
        }

        /** {@return whether a tag points to the wanted digest, or to an image that has it in its index} */
        private boolean isWanted(SiteSync.Copy copy) {
            String wanted = digest.orElseThrow();
            RegistryDocument document = directory.document(wanted);
            return copy.digest().equals(wanted)
                    || (document != null
                            && document.children().stream()
                                    .anyMatch(child -> child.digest().equals(copy.digest())));
        }

        /**
         * {@return the manifest that the node uses: the document itself, or the first one of an index that matches the
         * platform; empty if it is not at the site}
         */
        private Optional<RegistryDocument> forNode(RegistryDocument document) {
            if (document.isManifest() || node.isEmpty()) {
                return Optional.of(document);
            }
            return document.children().stream()
                    .filter(child -> Platforms.matches(node.orElseThrow(), child.platform()))
                    .findFirst()
                    .map(child -> directory.manifest(repository, child.digest()));
        }

        private Arrival fitting(RegistryDocument manifest) {
            if (node.isEmpty() || !manifest.artifactType().isEmpty()) {
                return new Arrival("", "");
            }
            RegistryDocument config = directory.document(manifest.blobs().get(0));
            String platform = config == null ? "" : config.platform();
            boolean fits =
                    platform.isEmpty() || platform.equals(Platforms.UNKNOWN) || Platforms.matches(node.get(), platform);
            return fits
                    ? new Arrival("", "")
                    : failed("there its tag stands for the image for " + platform + "; run sealos on a host for "
                            + node.get() + ", or name it by a digest of its index");
        }
    }
}
