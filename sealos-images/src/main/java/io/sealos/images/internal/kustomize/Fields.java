package io.sealos.images.internal.kustomize;

import static io.sealos.images.internal.kustomize.Shape.ANY;
import static io.sealos.images.internal.kustomize.Shape.FLAG;
import static io.sealos.images.internal.kustomize.Shape.NUMBER;
import static io.sealos.images.internal.kustomize.Shape.TEXT;
import static io.sealos.images.internal.kustomize.Shape.TEXTS;
import static io.sealos.images.internal.kustomize.Shape.TEXT_PAIRS;
import static io.sealos.images.internal.kustomize.Shape.fields;
import static io.sealos.images.internal.kustomize.Shape.fieldsOf;
import static io.sealos.images.internal.kustomize.Shape.listOf;
import static io.sealos.images.internal.kustomize.Shape.pairsOf;

import java.util.Map;

/** The fields of the files of kustomize 5.5, the version in kubectl 1.32. */
final class Fields {
    private static final Shape ID = fieldsOf(TEXT, "group", "version", "kind", "name", "namespace");
    private static final Shape SELECTOR = fields(Map.of("annotationSelector", TEXT, "labelSelector", TEXT), ID);
    private static final Shape OPTIONS =
            fields(Map.of("delimiter", TEXT, "index", NUMBER, "encoding", TEXT, "create", FLAG));
    private static final Shape FIELD_SPEC =
            fields(Map.of("path", TEXT, "create", FLAG), fieldsOf(TEXT, "group", "version", "kind"));
    static final Shape FIELD_SPECS = listOf(FIELD_SPEC);
    private static final Shape PATCHES =
            listOf(fields(Map.of("path", TEXT, "patch", TEXT, "target", SELECTOR, "options", pairsOf(FLAG))));
    private static final Shape IMAGES = listOf(fieldsOf(TEXT, "name", "newName", "tagSuffix", "newTag", "digest"));

    /** A replacement, in the kustomization or in a separate file. */
    static final Shape REPLACEMENT = fields(Map.of(
            "path",
            TEXT,
            "source",
            fields(Map.of("fieldPath", TEXT, "options", OPTIONS), ID),
            "targets",
            listOf(fields(
                    Map.of("select", SELECTOR, "reject", listOf(SELECTOR), "fieldPaths", TEXTS, "options", OPTIONS)))));

    private static final Shape GENERATOR_OPTIONS = fields(
            Map.of("labels", TEXT_PAIRS, "annotations", TEXT_PAIRS, "disableNameSuffixHash", FLAG, "immutable", FLAG));
    private static final Shape GENERATORS = listOf(fields(
            Map.of("literals", TEXTS, "files", TEXTS, "envs", TEXTS, "options", GENERATOR_OPTIONS),
            fieldsOf(TEXT, "namespace", "name", "behavior", "env", "type")));
    private static final Shape LABELS = listOf(fields(
            Map.of("pairs", TEXT_PAIRS, "fields", FIELD_SPECS),
            fieldsOf(FLAG, "includeSelectors", "includeTemplates")));

    private static final Shape CHARTS = listOf(fields(
            Map.of("valuesInline", ANY, "additionalValuesFiles", TEXTS, "apiVersions", TEXTS),
            fieldsOf(
                    TEXT,
                    "name",
                    "version",
                    "repo",
                    "releaseName",
                    "namespace",
                    "valuesFile",
                    "valuesMerge",
                    "kubeVersion",
                    "nameTemplate"),
            fieldsOf(FLAG, "includeCRDs", "skipHooks", "skipTests", "debug")));

    /** Charts in the form of the deprecated field. */
    private static final Shape OLD_CHARTS = listOf(fields(
            Map.of("valuesLocal", ANY, "extraArgs", TEXTS),
            fieldsOf(
                    TEXT,
                    "chartName",
                    "chartVersion",
                    "chartRepoUrl",
                    "chartHome",
                    "chartRepoName",
                    "helmBin",
                    "helmHome",
                    "values",
                    "valuesMerge",
                    "releaseName",
                    "releaseNamespace")));

    /** The fields of a kustomization that are evaluated, or that do not change images. */
    static final Shape KUSTOMIZATION = fields(
            Map.of(
                    "patches", PATCHES,
                    "images", IMAGES,
                    "imageTags", IMAGES,
                    "replacements", listOf(REPLACEMENT),
                    "configMapGenerator", GENERATORS,
                    "secretGenerator", GENERATORS,
                    "generatorOptions", GENERATOR_OPTIONS,
                    "labels", LABELS,
                    "patchesJson6902", PATCHES,
                    "replicas", listOf(fields(Map.of("name", TEXT, "count", NUMBER)))),
            fieldsOf(TEXT, "apiVersion", "kind", "namePrefix", "nameSuffix", "namespace"),
            fieldsOf(
                    TEXTS,
                    "resources",
                    "bases",
                    "components",
                    "patchesStrategicMerge",
                    "configurations",
                    "crds",
                    "buildMetadata",
                    "generators",
                    "transformers",
                    "validators"),
            fieldsOf(TEXT_PAIRS, "commonLabels", "commonAnnotations", "openapi"),
            fields(Map.of(
                    "helmCharts", CHARTS,
                    "helmChartInflationGenerator", OLD_CHARTS,
                    "helmGlobals", fieldsOf(TEXT, "chartHome", "configHome"))),
            fieldsOf(ANY, "metadata", "sortOptions", "vars"));

    /** A file of {@code configurations:}. */
    static final Shape CONFIGURATION = fields(
            Map.of("nameReference", ANY),
            fieldsOf(
                    FIELD_SPECS,
                    "commonLabels",
                    "labels",
                    "templateLabels",
                    "commonAnnotations",
                    "namePrefix",
                    "nameSuffix",
                    "namespace",
                    "varReference",
                    "images",
                    "replicas"));

    private Fields() {}
}
