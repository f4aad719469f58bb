package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.List;

/** Finds parts of images that are given once for all images below a mapping. */
final class SharedParts {
    private static final List<String> REGISTRIES = List.of("imageRegistry", "registry");
    private static final List<String> TAGS = List.of("tag", "imageTag");
    private static final String HUB = "hub";
    private static final String VERSION = "version";

    private SharedParts() {}

    /** {@return the registry for an image without a registry; an empty string if there is none} */
    static String registry(VisitedMapping mapping) {
        String defaults = defaults(mapping);
        if (!defaults.isEmpty() || mapping.kind() == ObjectKind.NONE) {
            return defaults.isEmpty() ? mapping.inherited(HUB) : defaults;
        }
        for (String key : REGISTRIES) {
            String registry = mapping.inherited(key);
            if (SplitImage.isHost(registry)) {
                return registry;
            }
        }
        return mapping.inherited(HUB);
    }

    /** {@return the registry beside a list of images, for images without a registry} */
    static String registryOfTexts(VisitedMapping images) {
        String registry = images.parent() == null ? "" : images.parent().node().textOf("imageRegistry");
        return SplitImage.isHost(registry) ? registry : "";
    }

    /** {@return the default registry beside the list of images of k8ssandra} */
    private static String defaults(VisitedMapping mapping) {
        VisitedMapping images = mapping.parent();
        VisitedMapping around = images == null ? null : images.parent();
        YamlNode defaults = around == null || !NameParts.isInImages(mapping)
                ? null
                : around.node().get("defaults");
        return defaults == null ? "" : defaults.textOf("registry");
    }

    /** {@return the tag for an image without a tag; an empty string if there is none} */
    static String tag(VisitedMapping mapping, SplitImage parts) {
        String image = parts.text(ImagePart.IMAGE);
        boolean word = parts.stem().isEmpty() && !image.isEmpty() && image.indexOf('/') < 0;
        if (word && !registry(mapping).isEmpty()) {
            return TAGS.stream()
                    .map(mapping::inherited)
                    .filter(it -> !it.isEmpty())
                    .findFirst()
                    .orElse("");
        }
        return parts.stem().equals("base") ? versionAround(mapping) : "";
    }

    /**
     * {@return the version of the surrounding cluster, which in TiDB, for example, applies to its parts, unless the
     * cluster itself has an image}
     */
    private static String versionAround(VisitedMapping mapping) {
        for (VisitedMapping around = mapping.parent(); around != null; around = around.parent()) {
            String version = around.node().textOf(VERSION);
            if (!version.isEmpty()) {
                boolean own =
                        around.node().get("image") != null || around.node().get("baseImage") != null;
                return own ? "" : version;
            }
        }
        return "";
    }
}
