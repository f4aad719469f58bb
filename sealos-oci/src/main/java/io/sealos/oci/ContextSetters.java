package io.sealos.oci;

import io.sealos.images.VirtualContext;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The methods of {@link ClusterImageBuilder} that set the files of the context, the options of the build file and the
 * bases of a delta image.
 */
abstract sealed class ContextSetters permits SavingSetters {
    final BuilderSettings settings = new BuilderSettings();

    abstract ClusterImageBuilder self();

    /**
     * Sets the context directory, which contains the sources of COPY. It is required unless files are given. Nothing is
     * written to it.
     *
     * @param directory the directory, in any file system; one other than the default must stay open until the image is
     *     written
     * @return this builder
     */
    public ClusterImageBuilder context(Path directory) {
        settings.context = Objects.requireNonNull(directory, "directory");
        return self();
    }

    /**
     * Sets the build file. Default: the build files of the context directory, which are found and joined as by sealos.
     *
     * @param file the build file
     * @return this builder
     */
    public ClusterImageBuilder kubefile(Path file) {
        settings.kubefilePath = Objects.requireNonNull(file, "file");
        settings.kubefile = null;
        return self();
    }

    /**
     * Sets the build file as an object, such as one that a program has created.
     *
     * @param file the build file
     * @return this builder
     */
    public ClusterImageBuilder kubefile(Kubefile file) {
        settings.kubefile = Objects.requireNonNull(file, "file");
        settings.kubefilePath = null;
        return self();
    }

    /**
     * Adds a file to the context, with the given text. There may be a context directory, in which it takes the place of
     * a file with this path, or none. {@link VirtualContext} describes such files, which can also be checked and
     * scanned without a build.
     *
     * @param path the path relative to the context directory, with slashes, such as {@code etc/app.conf}
     * @param text the text, which is stored in UTF-8
     * @return this builder
     * @throws IllegalArgumentException if the path is not of this form, is given already, or is above or below that of
     *     another given file
     */
    public ClusterImageBuilder file(String path, String text) {
        settings.given().file(path, Objects.requireNonNull(text, "text"));
        return self();
    }

    /**
     * Adds a file to the context, with the given bytes.
     *
     * @param path the path relative to the context directory, with slashes
     * @param bytes the bytes, which are copied
     * @return this builder
     * @throws IllegalArgumentException if the path is not of this form, is given already, or is above or below that of
     *     another given file
     * @see #file(String, String)
     */
    public ClusterImageBuilder file(String path, byte[] bytes) {
        settings.given().file(path, Objects.requireNonNull(bytes, "bytes"));
        return self();
    }

    /**
     * Adds a file of any size to the context, whose content is read from a stream. It is read several times, and never
     * held in memory.
     *
     * @param path the path relative to the context directory, with slashes
     * @param content opens the content each time it is read
     * @return this builder
     * @throws IllegalArgumentException if the path is not of this form, is given already, or is above or below that of
     *     another given file
     * @see #file(String, String)
     */
    public ClusterImageBuilder file(String path, VirtualContext.Content content) {
        settings.given().file(path, Objects.requireNonNull(content, "content"));
        return self();
    }

    /**
     * Adds an existing file to the context, with its mode. It is not copied, but read each time.
     *
     * @param path the path relative to the context directory, with slashes
     * @param file the file, in any file system
     * @return this builder
     * @throws IllegalArgumentException if the path is not of this form, is given already, or is above or below that of
     *     another given file
     * @see #file(String, String)
     */
    public ClusterImageBuilder file(String path, Path file) {
        settings.given().file(path, Objects.requireNonNull(file, "file"));
        return self();
    }

    /**
     * Makes a file that was given before as text, bytes or a stream executable (0755). Default: 0644.
     *
     * @param path the path of the file
     * @return this builder
     * @throws IllegalArgumentException if there is no such file, or if it was given as a {@link Path}
     */
    public ClusterImageBuilder executable(String path) {
        settings.given().executable(path);
        return self();
    }

    /**
     * Adds a manifest to {@code manifests/}.
     *
     * @param name the name, which may contain directories, and ends with {@code .yaml}, {@code .yml}, {@code .json} or
     *     {@code .tmpl}
     * @param text the documents
     * @return this builder
     * @throws IllegalArgumentException if the name has another ending, or is given already
     */
    public ClusterImageBuilder manifest(String name, String text) {
        settings.given().manifest(name, text);
        return self();
    }

    /**
     * Adds a chart to {@code charts/}, under its own name.
     *
     * @param chart the directory of the chart, whose links must not lead out of it, or a {@code .tgz} or
     *     {@code .tar.gz} file; in any file system
     * @return this builder
     * @throws IllegalArgumentException if a file of this name is given already
     */
    public ClusterImageBuilder chart(Path chart) {
        settings.given().chart(chart);
        return self();
    }

    /**
     * Adds the archive of a chart to {@code charts/}.
     *
     * @param name the name of the file, which ends with {@code .tgz} or {@code .tar.gz}
     * @param archive opens the archive each time it is read
     * @return this builder
     * @throws IllegalArgumentException if the name has another ending, or is given already
     */
    public ClusterImageBuilder chart(String name, VirtualContext.Content archive) {
        settings.given().chart(name, archive);
        return self();
    }

    /**
     * Adds a list of images to {@code images/shim/}, all of which are saved.
     *
     * @param name the name of the list
     * @param references the images
     * @return this builder
     * @throws io.sealos.images.ImageReferenceException if references are malformed; it lists all of them
     * @throws IllegalArgumentException if the list has no reference, or if its name is given already
     */
    public ClusterImageBuilder imageList(String name, List<String> references) {
        settings.given().imageList(name, references);
        return self();
    }

    /**
     * Adds a platform to build for, such as {@code linux/arm64}. Default: {@code linux/amd64}.
     *
     * @param platform the platform in the form {@code os/architecture[/variant]}
     * @return this builder
     * @throws IllegalArgumentException if it has another form
     */
    public ClusterImageBuilder platform(String platform) {
        settings.platforms.add(Platform.parse(platform));
        return self();
    }

    /**
     * Sets the build argument {@code name} to {@code value}, like {@code --build-arg} of buildah.
     *
     * @param name the name
     * @param value the value
     * @return this builder
     */
    public ClusterImageBuilder buildArg(String name, String value) {
        settings.options = settings.options.toBuilder().buildArg(name, value).build();
        return self();
    }

    /**
     * Sets the label {@code name} to {@code value}, like {@code --label} of buildah. It takes precedence over a label
     * of the build file.
     *
     * @param name the name
     * @param value the value
     * @return this builder
     */
    public ClusterImageBuilder label(String name, String value) {
        settings.options = settings.options.toBuilder().label(name, value).build();
        return self();
    }

    /**
     * Sets the environment variable {@code name} to {@code value} before the instructions of each stage, like
     * {@code --env} of buildah. ENV in the build file takes precedence over it.
     *
     * @param name the name
     * @param value the value
     * @return this builder
     */
    public ClusterImageBuilder env(String name, String value) {
        settings.options = settings.options.toBuilder().env(name, value).build();
        return self();
    }

    /**
     * Sets the stage to build. Default: the last stage.
     *
     * @param stage the name of the stage, or its index from 0 if it has no name
     * @return this builder
     */
    public ClusterImageBuilder target(String stage) {
        settings.options = settings.options.toBuilder().target(stage).build();
        return self();
    }

    /**
     * Builds a delta image: an image without the blobs that the site has already, in the same repository. Sealos loads
     * it like any image, after the bases were loaded. Default: a full image. Each call adds to the bases.
     *
     * <p>{@code registry/} lacks the layers of container images that a base has in each of their repositories. It keeps
     * their manifests, indexes and configurations, which sealos reads. The first command of the image ends the run with
     * a message if the registry of the site lacks something. The labels and annotations {@code io.sealos.delta.base},
     * {@code io.sealos.delta.blobs} and {@code io.sealos.delta.full} contain the digests of the bases, the number of
     * blobs that were left out, and the digest of the full image, which {@link ClusterImage#combine} creates again. The
     * build needs all blobs of the full image, to compute its digest. {@link ClusterImage#saveRegistry} saves all of
     * them, and the layers of a base image in FROM are not changed.
     *
     * <p>{@link ClusterImageBuilder#build} throws a {@link BuildRefusedException} if the image is not an application,
     * because sealos runs no command of other images before it needs their container images, or if a platform has no
     * base.
     *
     * @param bases the bases, at least one
     * @return this builder
     * @throws IllegalArgumentException if there is no base
     */
    public ClusterImageBuilder deltaFrom(DeltaBase... bases) {
        if (bases.length == 0) {
            throw new IllegalArgumentException("a delta image has at least one base; name one, or build a full image");
        }
        for (DeltaBase base : bases) {
            settings.deltaBases.addAll(base.blobs());
            settings.deltaFiles.addAll(base.files());
        }
        return self();
    }
}
