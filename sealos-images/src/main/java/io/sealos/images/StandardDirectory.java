package io.sealos.images;

/** The names of the standard directories and files of a context directory, relative to it and with slashes. */
public final class StandardDirectory {
    /** Kubernetes manifests, {@code .yaml}, {@code .yml}, {@code .json} and {@code .tmpl}. */
    public static final String MANIFESTS = "manifests";

    /** Helm charts, as directories and as {@code .tgz} or {@code .tar.gz} files. */
    public static final String CHARTS = "charts";

    /** Lists of image references, one a line. */
    public static final String SHIM = "images/shim";

    /** Image archives that the list {@link #SKOPEO_TAR_LIST} names. */
    public static final String SKOPEO = "images/skopeo";

    /** The list of image archives. */
    public static final String SKOPEO_TAR_LIST = "images/skopeo/tar.txt";

    /** Programs of the application. */
    public static final String OPT = "opt";

    /** Saved images in the storage layout of a registry. */
    public static final String REGISTRY = "registry";

    /** Configuration files; sealos renders the templates in it. */
    public static final String ETC = "etc";

    /** Scripts, those of a rootfs above all; sealos renders the templates in it. */
    public static final String SCRIPTS = "scripts";

    /** The script that fetches the files of the context before the build. */
    public static final String INIT_SCRIPT = "init.sh";

    private StandardDirectory() {}
}
