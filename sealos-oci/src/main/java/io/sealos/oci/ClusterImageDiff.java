package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageDiff;
import io.sealos.images.ImageReference;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The difference between two finished cluster images, or between one and a plan: their container images, charts,
 * settings, and the files outside {@code registry/}.
 *
 * <pre>{@code
 * ClusterImageDiff diff = ClusterImage.compare(OciLayout.archive(released), OciLayout.archive(built));
 * if (!diff.changesOnlyImagesOf("nginx")) {
 *     comment(diff.toMarkdown());
 * }
 * }</pre>
 *
 * <p>The files are those after all layers were laid over each other, so images whose layers are compressed or divided
 * differently are equal. Names, annotations, times, extended attributes and the order of environment variables and
 * labels are not compared, and a hard link is compared as a file. Two differences are equal if they list the same
 * changes. Immutable and thread-safe.
 *
 * @see ClusterImage#compare(ImageSource, ImageSource)
 * @see ClusterImage#compare(ImageSource, ImageChoice, BuildPlan)
 * @since 0.1.0
 */
public final class ClusterImageDiff {
    /** The difference between equal images. */
    static final ClusterImageDiff NONE = new ClusterImageDiff(
            ImageDiff.between(List.<ImageDiff.Image>of(), List.of()),
            List.of(),
            List.of(),
            List.of(),
            OptionalLong.of(0),
            OptionalLong.of(0));

    private final ImageDiff images;
    private final List<ChartChange> charts;
    private final List<SettingChange> settings;
    private final List<FileChange> files;
    private final OptionalLong bytesToReceive;
    private final OptionalLong bytesToReturn;

    ClusterImageDiff(
            ImageDiff images,
            List<ChartChange> charts,
            List<SettingChange> settings,
            List<FileChange> files,
            OptionalLong bytesToReceive,
            OptionalLong bytesToReturn) {
        this.images = images;
        this.charts = List.copyOf(charts);
        this.settings = List.copyOf(settings);
        this.files = List.copyOf(files);
        this.bytesToReceive = bytesToReceive;
        this.bytesToReturn = bytesToReturn;
    }

    /** The settings that are compared. */
    public enum Setting {
        /** The platform, such as {@code linux/amd64}. */
        PLATFORM("platform"),
        /** The type, such as {@code rootfs}; {@code unknown} for one that sealos does not know. */
        TYPE("type"),
        /** The entrypoint, with its values in their order. */
        ENTRYPOINT("ENTRYPOINT"),
        /** The commands, with its values in their order. */
        CMD("CMD"),
        /** An environment variable. */
        ENV("ENV"),
        /** A label. */
        LABEL("LABEL");

        private final String words;

        Setting(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * A changed setting.
     *
     * @param setting the setting
     * @param name the name of the environment variable or label; empty for other settings
     * @param before the earlier value; several for {@code ENTRYPOINT} and {@code CMD}; empty if it was not set
     * @param after the later value; several for {@code ENTRYPOINT} and {@code CMD}; empty if it is not set
     */
    public record SettingChange(Setting setting, String name, List<String> before, List<String> after) {
        /**
         * Copies the values.
         *
         * @param setting the setting
         * @param name the name of the environment variable or label; empty for other settings
         * @param before the earlier value; several for {@code ENTRYPOINT} and {@code CMD}; empty if it was not set
         * @param after the later value; several for {@code ENTRYPOINT} and {@code CMD}; empty if it is not set
         */
        public SettingChange {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        private SettingChange reversed() {
            return new SettingChange(setting, name, after, before);
        }
    }

    /**
     * A chart in {@code charts/}, as a directory or packed, of which there are other versions.
     *
     * @param name the name in its {@code Chart.yaml}
     * @param before the earlier versions, sorted; empty if the chart was added
     * @param after the later versions, sorted; empty if the chart was removed
     */
    public record ChartChange(String name, List<String> before, List<String> after) {
        /**
         * Copies the versions.
         *
         * @param name the name in its {@code Chart.yaml}
         * @param before the earlier versions, sorted; empty if the chart was added
         * @param after the later versions, sorted; empty if the chart was removed
         */
        public ChartChange {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        private ChartChange reversed() {
            return new ChartChange(name, after, before);
        }
    }

    /**
     * A file of an image.
     *
     * @param type its type
     * @param mode the permission bits with setuid, setgid and sticky; {@code 0777} for a link
     * @param uid the number of its user
     * @param gid the number of its group
     * @param size the size of the content in bytes; 0 if it has none
     * @param digest the SHA-256 of the content; empty if it has none
     * @param target the target of a link, or the major and minor number of a device such as {@code 1:3}; empty for
     *     others
     * @param layer the position of the layer that contains it, from 1; 0 for a directory, which several layers may
     *     contain. It is not compared
     */
    public record File(
            FileType type,
            int mode,
            long uid,
            long gid,
            long size,
            Optional<Digest> digest,
            String target,
            int layer) {}

    /** The aspects of a file that are compared. */
    public enum FileAspect {
        /** The type. Other aspects of files with different types are not compared. */
        TYPE,
        /** The permission bits. */
        MODE,
        /** The user or group. */
        OWNER,
        /** The content. */
        CONTENT,
        /** The target of a link, or the numbers of a device. */
        TARGET
    }

    /**
     * A file that was added, removed or changed.
     *
     * @param path the path without a leading slash, such as {@code etc/app.yaml}
     * @param before the earlier file; empty if it was added
     * @param after the later file; empty if it was removed
     */
    public record FileChange(String path, Optional<File> before, Optional<File> after) {
        /** {@return the aspects that changed; empty if the file was added or removed} */
        public List<FileAspect> aspects() {
            return before.isPresent() && after.isPresent()
                    ? ClusterImageComparison.aspects(before.get(), after.get())
                    : List.of();
        }

        private FileChange reversed() {
            return new FileChange(path, after, before);
        }
    }

    /** {@return whether nothing has changed} */
    public boolean isEmpty() {
        return images.isEmpty()
                && charts.isEmpty()
                && settings.isEmpty()
                && files.isEmpty()
                && bytesToReceive.orElse(0) == 0
                && bytesToReturn.orElse(0) == 0;
    }

    /**
     * {@return the difference between the images in {@code registry/}} Their references have the host
     * {@code sealos.hub:5000}, under which sealos serves them.
     */
    public ImageDiff images() {
        return images;
    }

    /**
     * {@return the size in bytes of the blobs and manifests that a site with the earlier image lacks in one of their
     * repositories} A blob that several images have is counted once. The result is empty if one of the images is
     * planned, because the blobs of images that have not been saved are not known, and for container images.
     *
     * @see ClusterImageBuilder
     */
    public OptionalLong bytesToReceive() {
        return bytesToReceive;
    }

    /** {@return the charts in {@code charts/} with other versions, sorted by name} */
    public List<ChartChange> charts() {
        return charts;
    }

    /** {@return the changed settings, sorted by setting and name} */
    public List<SettingChange> settings() {
        return settings;
    }

    /** {@return the files outside {@code registry/} that were added, removed or changed, sorted by path} */
    public List<FileChange> files() {
        return files;
    }

    /**
     * {@return whether images of no other repositories have changed} It is also true if no image has. Charts, settings
     * and files are not considered.
     *
     * @param repositories the repositories, such as {@code nginx}, {@code library/nginx} or {@code quay.io/acme/shop};
     *     a host does not matter, since sealos serves all images from one registry
     * @throws IllegalArgumentException if one has another form
     */
    public boolean changesOnlyImagesOf(String... repositories) {
        Set<String> names = Arrays.stream(repositories)
                .map(name -> ImageReference.parse(name).repository())
                .collect(Collectors.toSet());
        return images.changes().stream()
                .map(change -> ImageReference.parse(change.repository()).repository())
                .allMatch(names::contains);
    }

    /**
     * {@return whether no other files have changed} It is also true if no file has. Images, charts and settings are not
     * considered.
     *
     * @param paths paths of files, or of directories, whose files are included, such as {@code manifests}
     */
    public boolean changesOnlyFiles(String... paths) {
        return files.stream()
                .allMatch(file -> Arrays.stream(paths)
                        .anyMatch(path -> file.path().equals(path)
                                || file.path().startsWith(path.endsWith("/") ? path : path + "/")));
    }

    /** {@return the difference in the other direction, from the later image to the earlier one} */
    public ClusterImageDiff reversed() {
        return new ClusterImageDiff(
                images.reversed(),
                charts.stream().map(ChartChange::reversed).toList(),
                settings.stream().map(SettingChange::reversed).toList(),
                files.stream().map(FileChange::reversed).toList(),
                bytesToReturn,
                bytesToReceive);
    }

    /**
     * {@return the difference as human-readable text, with a trailing line feed} The lines of {@link #images()} come
     * first, then one line for each chart, setting and file, such as {@code changed: etc/app.yaml (CONTENT, 12 B -> 15
     * B)}. The last line is that of {@link #toString()}.
     */
    public String toText() {
        return ClusterImageDiffText.text(this);
    }

    /**
     * {@return the difference in Markdown, such as for a comment on a pull request, with a trailing line feed} It
     * consists of the line of {@link #toString()}, and of tables of images, charts and settings, and files. A table
     * without rows is omitted.
     */
    public String toMarkdown() {
        return ClusterImageDiffText.markdown(this);
    }

    /**
     * {@return the difference as a JSON object for other programs, with a trailing line feed}
     *
     * <p>The object has {@code version} (1), {@code bytesToReceive} if it is known, {@code images}, {@code charts},
     * {@code settings} and {@code files}. {@code images} has the form of the {@code changes} of
     * {@link ImageDiff#toJson()}. A chart has {@code name}, {@code before} and {@code after}. A setting has
     * {@code setting} (the name of a {@link Setting}), {@code name}, {@code before} and {@code after}. A file has
     * {@code path}, {@code aspects} (the names of {@link FileAspect}s), and {@code before} and {@code after}, of which
     * one is missing if it was added or removed, with {@code type}, {@code mode} (octal), {@code uid}, {@code gid},
     * {@code size}, {@code digest} (an empty string if it has none), {@code target} and {@code layer}. Properties may
     * be added without a new version.
     */
    public String toJson() {
        return ClusterImageDiffJson.json(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterImageDiff that
                && images.equals(that.images)
                && charts.equals(that.charts)
                && settings.equals(that.settings)
                && files.equals(that.files)
                && bytesToReceive.equals(that.bytesToReceive)
                && bytesToReturn.equals(that.bytesToReturn);
    }

    @Override
    public int hashCode() {
        return Objects.hash(images, charts, settings, files, bytesToReceive, bytesToReturn);
    }

    /** {@return the numbers of changes on one line, such as {@code images: 1 retagged; files: 2 changed}} */
    @Override
    public String toString() {
        return ClusterImageDiffText.summary(this);
    }
}
