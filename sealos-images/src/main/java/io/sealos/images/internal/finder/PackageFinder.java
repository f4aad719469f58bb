package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Packages and artifacts of registries from which operators run: those of Crossplane, bundles, disks, modules. */
final class PackageFinder implements SiteFinder {
    /** Their controllers run from the package, which is an image. */
    private static final Pattern RUNNING = Pattern.compile("(.*\\.)?(crossplane\\.io|upbound\\.io)");

    private static final Set<String> PACKAGES = Set.of("package", "bundle", "bundleImage");
    private static final Set<String> ADDRESSES = Set.of("url", "uri", "ref", "module", "source", "artifact");
    private static final String IMAGE = "docker://";
    private static final List<String> ARTIFACTS = List.of("oci://", "registry://");

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        if (site.kind() != ObjectKind.CUSTOM) {
            return;
        }
        for (YamlNode.Entry entry : site.node().entries()) {
            YamlNode value = entry.value();
            if (value.isString() && PACKAGES.contains(entry.key())) {
                report(site, entry, reference(site, value.text()), packageConfidence(site, value.text()), found);
            } else if (value.isString() && ADDRESSES.contains(entry.key())) {
                address(site, entry, found);
            }
        }
    }

    private static Optional<ImageReference> reference(Site site, String text) {
        return ImageParts.hasHost(text) && isRunning(site) ? ImageText.reference(text) : ImageText.pinned(text);
    }

    private static Confidence packageConfidence(Site site, String text) {
        return isRunning(site) && ImageParts.hasHost(text) ? Confidence.LIKELY : Confidence.POSSIBLE;
    }

    private static boolean isRunning(Site site) {
        return RUNNING.matcher(site.object().group()).matches();
    }

    private static void address(Site site, YamlNode.Entry entry, Consumer<Sighting> found) {
        String text = entry.value().text();
        if (text.startsWith(IMAGE)) {
            report(site, entry, ImageText.reference(text.substring(IMAGE.length())), Confidence.LIKELY, found);
            return;
        }
        ARTIFACTS.stream()
                .filter(text::startsWith)
                .findFirst()
                .ifPresent(scheme -> report(
                        site, entry, ImageText.pinned(text.substring(scheme.length())), Confidence.POSSIBLE, found));
    }

    private static void report(
            Site site,
            YamlNode.Entry entry,
            Optional<ImageReference> image,
            Confidence confidence,
            Consumer<Sighting> found) {
        String path = site.path().key(entry.key()).toString();
        image.map(it -> Sighting.at(entry.value(), path, it, confidence, FinderNames.PACKAGE))
                .ifPresent(found);
    }
}
