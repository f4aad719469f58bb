package io.sealos.images;

/**
 * The names of the standard directories and files of a context directory, as paths relative to it with slashes.
 *
 * @since 0.1.0
 */
public final class StandardDirectory {
    /**
     * The Kubernetes manifests, which are files ending with {@code .yaml}, {@code .yml}, {@code .json} and
     * {@code .tmpl}.
     */
    public static final String MANIFESTS = "manifests";

    /** The Helm charts, as directories and as {@code .tgz} or {@code .tar.gz} files. */
    public static final String CHARTS = "charts";

    /** The lists of image references, one per line. */
    public static final String SHIM = "images/shim";

    /** The image archives that the list {@link #SKOPEO_TAR_LIST} names. */
    public static final String SKOPEO = "images/skopeo";

    /** The list of image archives. */
    public static final String SKOPEO_TAR_LIST = "images/skopeo/tar.txt";

    /** The programs of the application. */
    public static final String OPT = "opt";

    /** The saved images in the storage layout of a registry. */
    public static final String REGISTRY = "registry";

    /** The configuration files, among which sealos renders the templates. */
    public static final String ETC = "etc";

    /** The scripts, mainly of a rootfs, among which sealos renders the templates. */
    public static final String SCRIPTS = "scripts";

    /** The script that fetches the files of the context before the build. */
    public static final String INIT_SCRIPT = "init.sh";

    private StandardDirectory() {}
}
