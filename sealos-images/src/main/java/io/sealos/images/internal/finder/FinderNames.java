package io.sealos.images.internal.finder;

/** The names of the finders, as occurrences show them. The README describes each of them. */
public final class FinderNames {
    /** The containers of a pod, and its image volumes. */
    public static final String POD_SPEC = "pod-spec";
    /** Environment variables, and parameters of tasks and templates. */
    public static final String ENVIRONMENT = "env";
    /** Commands and arguments. */
    public static final String ARGUMENTS = "args";
    /** Name and tag in separate fields or variables. */
    public static final String SPLIT = "split-fields";
    /** Fields and annotations whose names say that they are images. */
    public static final String FIELD = "image-field";
    /** Packages from which an operator runs. */
    public static final String PACKAGE = "package";
    /** The text of ConfigMaps and Secrets. */
    public static final String CONFIG_TEXT = "config-text";
    /** The images of a kustomization. */
    public static final String KUSTOMIZATION = "kustomization";
    /** Manifests that are not valid YAML. */
    public static final String TEXT_LINE = "text-line";
    /** Commented-out lines. */
    public static final String COMMENT = "comment";
    /** Lists in images/shim. */
    public static final String SHIM_LIST = "shim-list";
    /** The label and the environment variable of a rootfs. */
    public static final String KUBEFILE = "kubefile";
    /** The images that an operator starts by its own defaults. */
    public static final String OPERATOR = "operator";
    /** Finders and rules of the user. */
    public static final String USER = "user-finder";
    /** The list of images in a chart. */
    public static final String IMAGES_LOCK = "images-lock";
    /** The annotations of Chart.yaml. */
    public static final String CHART_ANNOTATION = "chart-annotation";
    /** Templates of a chart that are not rendered. */
    public static final String TEMPLATE_TEXT = "template-text";
    /** The readme of a chart. */
    public static final String README = "readme";
    /** Values that are not valid YAML. */
    public static final String VALUES_TEXT = "values-text";

    private FinderNames() {}
}
