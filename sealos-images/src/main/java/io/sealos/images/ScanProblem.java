package io.sealos.images;

import io.sealos.internal.text.Printable;
import io.sealos.internal.text.StableText;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A problem of a scan, at a place that could not be read or evaluated completely. Because of a {@linkplain #isGap()
 * gap}, images that will run may be missing from the inventory. Other problems do not hide images. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class ScanProblem implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String LIST_IMAGES = "list its images in a file of images/shim";

    /** The kinds of problems. */
    public enum Kind {
        /** A gap: no Helm engine works on this machine, so no chart was rendered. */
        NO_ENGINE(true, "provide an engine, or " + LIST_IMAGES),
        /** A gap: a chart cannot be rendered in any of the ways in which it will be installed. */
        NOT_RENDERED(true, "correct it, or " + LIST_IMAGES),
        /**
         * A gap: a manifest, kustomization, template, chart, list or script that the application uses could not be
         * read, or only in part or line by line, and the rest may name images.
         */
        UNREAD(true, "correct it, or " + LIST_IMAGES),
        /**
         * A gap: a command applies or installs resources from an address on the network, or a controller does so
         * because of an object, such as a {@code HelmRelease} of Flux.
         */
        REMOTE(true, "download it into the context directory and use that file, or " + LIST_IMAGES),
        /**
         * A gap: a command runs a program that installs what it brings or fetches itself, such as {@code istioctl
         * install}.
         */
        INSTALLER(true, LIST_IMAGES + ", and accept this gap; or apply the manifests that it prints instead"),
        /** A gap: a part of an image reference is a variable that nothing sets. */
        UNSET(true, "set the variable in the Kubefile, or " + LIST_IMAGES),
        /**
         * A gap: a line of a list is valid for sealos, but this library cannot save its image; or artifacts are saved,
         * and the version of one is a range.
         */
        NOT_SAVABLE(true, "name the image by its registry, or as an archive in images/skopeo/tar.txt"),
        /**
         * A gap: an operator starts images by its own defaults, which are not known, because nothing is known about its
         * version, or because only its image is known, and not its arguments.
         */
        UNKNOWN_OPERATOR(true, LIST_IMAGES),
        /**
         * A file or script was read only in part, or line by line, and nothing in the rest looks like an image that is
         * not saved.
         */
        READ_IN_PART(false, "correct it, or " + LIST_IMAGES),
        /** A chart cannot be rendered with the values of one command, but can with those of another. */
        VALUES_REFUSED(false, "correct the values that the command gives, or " + LIST_IMAGES),
        /** A command names a script or a file of values that the image does not have. */
        NOT_THERE(false, "copy the file into the image, or correct the command"),
        /**
         * A command uses a value that is known only when the image is run. The value that was assumed instead may be
         * wrong.
         */
        ASSUMED(false, "where the site's own values bring other images, list these in a file of images/shim"),
        /** A chart does not allow the requested Kubernetes version, and was rendered for another one. */
        OTHER_KUBERNETES(
                false,
                "take a version of the chart that allows the Kubernetes of the site, or check for that"
                        + " version (kubernetesVersion)"),
        /**
         * The values schema of a chart has a remote reference, which Helm fetches when the chart is installed. The
         * chart was rendered without that part of the schema.
         */
        NEEDS_NETWORK(false, "change the chart so that it can be installed without a network");

        private final boolean gap;
        private final String fix;

        Kind(boolean gap, String fix) {
            this.gap = gap;
            this.fix = fix;
        }

        /** {@return whether images that will run may be missing from the inventory because of such a problem} */
        public boolean isGap() {
            return gap;
        }
    }

    private final Kind kind;
    private final String file;
    private final int line;
    private final String message;
    private final String fix;

    ScanProblem(Kind kind, String file, int line, String message) {
        this(kind, file, line, message, kind.fix);
    }

    ScanProblem(Kind kind, String file, int line, String message, String fix) {
        this.kind = kind;
        this.file = file;
        this.line = line;
        this.message = Printable.message(message);
        this.fix = fix;
    }

    /** {@return the kind of the problem} */
    public Kind kind() {
        return kind;
    }

    /** {@return whether images that will run may be missing from the inventory because of this problem} */
    public boolean isGap() {
        return kind.isGap();
    }

    /** {@return the file, relative to the context directory and with slashes} */
    public String file() {
        return file;
    }

    /** {@return the line, from 1, or 0 if the problem concerns the whole file} */
    public int line() {
        return line;
    }

    /** {@return the problem, a clause without place and fix} */
    public String message() {
        return message;
    }

    /** {@return the fix, in the imperative} */
    public String fix() {
        return fix;
    }

    /**
     * {@return a copy of this problem with a file that is relative to another directory}
     *
     * @param directory the path from there to the context directory, with slashes, such as {@code apps/nginx}
     */
    public ScanProblem within(String directory) {
        return new ScanProblem(kind, directory + "/" + file, line, message, fix);
    }

    /** {@return the parts by which this problem is recognized in another scan, where its line may have moved} */
    List<String> identity() {
        return List.of(kind.name(), file, StableText.of(message));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScanProblem that
                && kind == that.kind
                && line == that.line
                && file.equals(that.file)
                && message.equals(that.message);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, file, line, message);
    }

    /** {@return the file, line and message in the format of compiler messages} */
    @Override
    public String toString() {
        return Printable.of(file) + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
