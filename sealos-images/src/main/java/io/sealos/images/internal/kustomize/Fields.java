package io.sealos.images.internal.kustomize;

import java.util.Set;

/** The fields of a kustomization by what they have to do with images. */
final class Fields {
    /** Those that are evaluated. */
    static final Set<String> EVALUATED = Set.of(
            "apiVersion",
            "kind",
            "metadata",
            "resources",
            "bases",
            "components",
            "configMapGenerator",
            "secretGenerator",
            "patches",
            "patchesStrategicMerge",
            "patchesJson6902",
            "images",
            "imageTags",
            "replacements",
            "configurations",
            "namePrefix",
            "nameSuffix",
            "namespace",
            "commonLabels",
            "labels",
            "commonAnnotations");

    /** Those that change no image. */
    static final Set<String> WITHOUT_IMAGES = Set.of(
            "buildMetadata", "crds", "generatorOptions", "openapi", "replicas", "sortOptions", "validators", "vars");

    /** The kinds of transformers that change no image. */
    static final Set<String> HARMLESS_TRANSFORMERS = Set.of(
            "AnnotationsTransformer",
            "HashTransformer",
            "LabelTransformer",
            "NamespaceTransformer",
            "PrefixTransformer",
            "PrefixSuffixTransformer",
            "ReplicaCountTransformer",
            "SuffixTransformer");

    private Fields() {}
}
