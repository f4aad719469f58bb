package io.sealos.layout;

import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.ImageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The files of a new context directory in the standard layout, with a commented Kubefile. The standard rules have no
 * findings in such a directory.
 *
 * <pre>{@code
 * LayoutScaffold.chart("nginx").create(Path.of("nginx"));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class LayoutScaffold {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?");
    private static final String KUBEFILE = BuildFiles.NAMES.get(1);

    private final Map<String, String> files;

    private LayoutScaffold(Map<String, String> files) {
        this.files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /**
     * {@return a scaffold for an application that is installed by a Helm chart}
     *
     * @param name the name of the chart, the release and the namespace: at most 53 characters of a-z, 0-9 and inner
     *     hyphens, as Helm requires
     * @throws IllegalArgumentException if the name has another form
     */
    public static LayoutScaffold chart(String name) {
        Objects.requireNonNull(name, "name");
        String chart = StandardDirectory.CHARTS + "/" + required(name);
        Map<String, String> files = new LinkedHashMap<>();
        files.put(KUBEFILE, ScaffoldText.CHART_KUBEFILE.formatted(name));
        files.put(chart + "/Chart.yaml", ScaffoldText.CHART_YAML.formatted(name));
        files.put(chart + "/values.yaml", "# What templates read as .Values\n{}\n");
        files.put(chart + "/templates/configmap.yaml", ScaffoldText.CONFIG_MAP.formatted(name));
        files.put(shimList(name), ScaffoldText.SHIM);
        return new LayoutScaffold(files);
    }

    /**
     * {@return a scaffold for an application that is installed from manifests}
     *
     * @param name the name of the application: at most 53 characters of a-z, 0-9 and inner hyphens
     * @throws IllegalArgumentException if the name has another form
     */
    public static LayoutScaffold manifests(String name) {
        Objects.requireNonNull(name, "name");
        Map<String, String> files = new LinkedHashMap<>();
        files.put(KUBEFILE, ScaffoldText.MANIFESTS_KUBEFILE.formatted(required(name)));
        files.put(StandardDirectory.MANIFESTS + "/" + name + ".yaml", ScaffoldText.CONFIG_MAP.formatted(name));
        files.put(shimList(name), ScaffoldText.SHIM);
        return new LayoutScaffold(files);
    }

    /**
     * {@return a scaffold for a rootfs, which is the base of a cluster, with its scripts}
     *
     * @param kubernetesVersion a full version, such as {@code v1.31.0}
     * @throws IllegalArgumentException if it has another form
     */
    public static LayoutScaffold rootfs(String kubernetesVersion) {
        if (!kubernetesVersion.matches("v[0-9]++\\.[0-9]++\\.[0-9]++")) {
            throw new IllegalArgumentException(
                    "no version of Kubernetes: '" + kubernetesVersion + "'; write it in full, such as v1.31.0");
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put(KUBEFILE, ScaffoldText.ROOTFS_KUBEFILE.formatted(ImageType.ROOTFS.label(), kubernetesVersion));
        for (String script : List.of("init", "clean", "check", "init-registry", "clean-registry")) {
            files.put(StandardDirectory.SCRIPTS + "/" + script + ".sh", ScaffoldText.SCRIPT);
        }
        return new LayoutScaffold(files);
    }

    /** {@return a scaffold for a patch, which has files that are laid over the rootfs of a cluster} */
    public static LayoutScaffold patch() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(KUBEFILE, ScaffoldText.PATCH_KUBEFILE.formatted(ImageType.PATCH.label()));
        files.put(StandardDirectory.ETC + "/README", "Files here take the place of those of the rootfs.\n");
        return new LayoutScaffold(files);
    }

    /** {@return the paths of the files that {@link #create} writes, relative and with slashes} */
    public List<String> paths() {
        return List.copyOf(files.keySet());
    }

    /**
     * Writes the files. Other files in the directory are kept. Nothing is written if one of the files exists.
     *
     * @param directory the context directory; it is created if it is missing
     * @throws FileAlreadyExistsException if one of the files exists
     * @throws IOException if the directory cannot be written to
     */
    public void create(Path directory) throws IOException {
        for (String path : files.keySet()) {
            Path file = directory.resolve(path);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(
                        file.toString(), null, "already exists, and nothing was written; choose an empty directory");
            }
        }
        for (Map.Entry<String, String> entry : files.entrySet()) {
            Path file = directory.resolve(entry.getKey());
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, entry.getValue(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        }
    }

    private static String shimList(String name) {
        return StandardDirectory.SHIM + "/" + name;
    }

    private static String required(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name
                            + "' is not a name of an application; write at most 53 of a-z, 0-9 and inner hyphens, such as my-app");
        }
        return name;
    }
}
