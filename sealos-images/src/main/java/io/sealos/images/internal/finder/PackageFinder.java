package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds packages and artifacts in registries from which operators run: packages of Crossplane, bundles, disks and
 * modules.
 */
final class PackageFinder implements MappingFinder {
    /** The groups of packages that are images, from which their controllers run. */
    private static final Pattern RUNNING = Pattern.compile("(.*\\.)?(crossplane\\.io|upbound\\.io)");

    private static final Set<String> PACKAGES = Set.of("package", "bundle", "bundleImage");
    private static final Set<String> ADDRESSES = Set.of("url", "uri", "ref", "module", "source", "artifact");
    private static final String IMAGE = "docker://";
    private static final List<String> ARTIFACTS = List.of("oci://", "registry://");

    @Override
    public void inspect(VisitedMapping mapping, Consumer<Sighting> found) {
        if (mapping.kind() != ObjectKind.CUSTOM) {
            return;
        }
        for (YamlNode.Entry entry : mapping.node().entries()) {
            YamlNode value = entry.value();
            if (value.isString() && PACKAGES.contains(entry.key())) {
                report(
                        mapping,
                        entry,
                        reference(mapping, value.text()),
                        packageConfidence(mapping, value.text()),
                        found);
            } else if (value.isString() && ADDRESSES.contains(entry.key())) {
                address(mapping, entry, found);
            }
        }
    }

    private static Optional<ImageReference> reference(VisitedMapping mapping, String text) {
        return SplitImage.hasHost(text) && isRunning(mapping) ? ImageText.reference(text) : ImageText.pinned(text);
    }

    private static Confidence packageConfidence(VisitedMapping mapping, String text) {
        return isRunning(mapping) && SplitImage.hasHost(text) ? Confidence.LIKELY : Confidence.POSSIBLE;
    }

    private static boolean isRunning(VisitedMapping mapping) {
        return RUNNING.matcher(mapping.object().group()).matches();
    }

    private static void address(VisitedMapping mapping, YamlNode.Entry entry, Consumer<Sighting> found) {
        String text = entry.value().text();
        if (text.startsWith(IMAGE)) {
            report(mapping, entry, ImageText.reference(text.substring(IMAGE.length())), Confidence.LIKELY, found);
            return;
        }
        ARTIFACTS.stream()
                .filter(text::startsWith)
                .findFirst()
                .ifPresent(scheme -> report(
                        mapping, entry, ImageText.pinned(text.substring(scheme.length())), Confidence.POSSIBLE, found));
    }

    private static void report(
            VisitedMapping mapping,
            YamlNode.Entry entry,
            Optional<ImageReference> image,
            Confidence confidence,
            Consumer<Sighting> found) {
        String path = mapping.path().key(entry.key()).toString();
        image.map(it -> Sighting.at(entry.value(), path, it, confidence, FinderNames.PACKAGE))
                .ifPresent(found);
    }
}
