package io.sealos.images.internal.finder;

/** The names of the finders, as occurrences show them; the table of the README describes each. */
public final class FinderNames {
    /** The containers of a pod, and its image volumes. */
    public static final String POD_SPEC = "pod-spec";
    /** Variables of an environment, and parameters of tasks and templates. */
    public static final String ENVIRONMENT = "env";
    /** Commands and arguments. */
    public static final String ARGUMENTS = "args";
    /** Name and tag in fields or variables of their own. */
    public static final String SPLIT = "split-fields";
    /** Fields and annotations that are called an image. */
    public static final String FIELD = "image-field";
    /** Packages that an operator runs from. */
    public static final String PACKAGE = "package";
    /** The text of ConfigMaps and Secrets. */
    public static final String CONFIG_TEXT = "config-text";
    /** The images of a kustomization. */
    public static final String KUSTOMIZATION = "kustomization";
    /** A manifest that is no YAML. */
    public static final String TEXT_LINE = "text-line";
    /** Commented-out lines. */
    public static final String COMMENT = "comment";
    /** Lists of images/shim. */
    public static final String SHIM_LIST = "shim-list";
    /** The label and the variable of a rootfs. */
    public static final String KUBEFILE = "kubefile";
    /** A finder or rule of the user. */
    public static final String USER = "user-finder";
    /** The list of images that a chart has. */
    public static final String IMAGES_LOCK = "images-lock";
    /** The annotations of Chart.yaml. */
    public static final String CHART_ANNOTATION = "chart-annotation";
    /** A chart's templates as they are. */
    public static final String TEMPLATE_TEXT = "template-text";
    /** A chart's readme. */
    public static final String README = "readme";
    /** Values that are no YAML. */
    public static final String VALUES_TEXT = "values-text";

    private FinderNames() {}
}
