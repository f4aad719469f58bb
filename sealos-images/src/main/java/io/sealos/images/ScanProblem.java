package io.sealos.images;

import io.sealos.internal.text.Printable;
import java.io.Serializable;
import java.util.Objects;

/**
 * A place that a scan could not fully read or decide. A {@linkplain #isGap() gap} hides images that will run; any other
 * problem is worth knowing, but no image is missing for it. Immutable and thread-safe.
 */
public final class ScanProblem implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String LIST_IMAGES = "list its images in a file of images/shim";

    /** The kinds of problem. */
    public enum Kind {
        /** A gap: no Helm engine works on this machine, so that no chart was rendered. */
        NO_ENGINE(true, "provide an engine, or " + LIST_IMAGES),
        /** A gap: a chart renders in none of the ways in which it will be installed. */
        NOT_RENDERED(true, "correct it, or " + LIST_IMAGES),
        /**
         * A gap: a manifest, kustomization, template, chart or list that the application uses could not be read, so far
         * as images are concerned.
         */
        UNREAD(true, "correct it, or " + LIST_IMAGES),
        /** A gap: a command applies or installs from an address on the network. */
        REMOTE(true, "download it into the context directory and use that file, or " + LIST_IMAGES),
        /** A gap: a part of an image is a variable that nothing sets. */
        UNSET(true, "set the variable in the Kubefile, or " + LIST_IMAGES),
        /** A gap: a line of a list is valid for sealos, but its image cannot be saved here. */
        NOT_SAVABLE(true, "name the image by its registry, or as an archive in images/skopeo/tar.txt"),
        /** A file or script was read in part, or line by line. */
        READ_IN_PART(false, "correct it, or " + LIST_IMAGES),
        /** A chart does not render with the values of one command, but does with those of another. */
        VALUES_REFUSED(false, "correct the values that the command gives, or " + LIST_IMAGES),
        /** A command names a script or a file of values that the image does not have. */
        NOT_THERE(false, "copy the file into the image, or correct the command"),
        /** A command uses what is known only when the image is run; what was taken instead may be wrong. */
        ASSUMED(false, "where the site's own values bring other images, list these in a file of images/shim"),
        /** A chart refuses the Kubernetes version that was asked for, and was rendered for another one. */
        OTHER_KUBERNETES(
                false,
                "take a version of the chart that allows the Kubernetes of the site, or check for that version:"
                        + " ImageScanner.builder().kubernetesVersion(…)"),
        /**
         * A chart's schema of values refers to what lies elsewhere, and Helm fetches that where the chart is installed.
         * The chart was rendered without that part of the schema.
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

    /** {@return the kind of problem} */
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

    /** {@return the 1-based line, or 0 if the whole file is meant} */
    public int line() {
        return line;
    }

    /** {@return the problem, in a sentence} */
    public String message() {
        return message;
    }

    /** {@return the fix, in the imperative} */
    public String fix() {
        return fix;
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

    /** {@return file, line and message as compilers write them} */
    @Override
    public String toString() {
        return Printable.of(file) + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
