package io.sealos.images;

import io.sealos.internal.text.Printable;
import java.util.Objects;

/**
 * Something that a controller fetches at the site because an object names it: the chart of a Flux {@code HelmRelease},
 * an Argo {@code Application} or a k3s {@code HelmChart}, a repository of Flux, a catalog of OLM, or a package of
 * Crossplane. An air-gapped site must provide it, because a cluster image does not. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SiteNeed {
    /** The kinds of what is fetched. */
    public enum Kind {
        /** A Helm chart in a repository or registry. */
        CHART("serve the chart at the site, and name that address in the object"),
        /** An artifact in a registry, such as that of a Flux {@code OCIRepository}. */
        OCI_ARTIFACT("copy the artifact to a registry of the site, and name that registry in the object"),
        /** A Git repository. */
        GIT_REPOSITORY("mirror the repository at the site, and name that address in the object"),
        /** A bucket of an object store. */
        BUCKET("provide the bucket at the site, and name that address in the object"),
        /** A catalog of OLM, or an operator in it. */
        CATALOG("mirror the catalog with its operators at the site, and name that catalog in the object"),
        /** A package of Crossplane, which Crossplane fetches itself. */
        PACKAGE("copy the package to a registry of the site, and name that registry in the object");

        private final String fix;

        Kind(String fix) {
            this.fix = fix;
        }
    }

    private final Kind kind;
    private final String file;
    private final int line;
    private final String object;
    private final String address;
    private final String version;

    private SiteNeed(Kind kind, String file, int line, String object, String address, String version) {
        this.kind = kind;
        this.file = file;
        this.line = line;
        this.object = object;
        this.address = address;
        this.version = version;
    }

    /**
     * {@return a need}
     *
     * @param kind the kind of what is fetched
     * @param file the file with the object, relative to the context directory and with slashes; a chart, if that
     *     renders the object
     * @param line the line of the object, from 1, or 0 if it is unknown
     * @param object the kind of the object with its namespace, if it has one, and its name
     * @param address the address or reference as the object names it; empty if the object names none
     * @param version the version, tag, digest, branch or range as the object names it; empty if the object names none
     */
    public static SiteNeed of(Kind kind, String file, int line, String object, String address, String version) {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(version, "version");
        return new SiteNeed(kind, file, line, object, address, version);
    }

    /** {@return this need with a file that is relative to another directory, whose path to here is the prefix} */
    SiteNeed within(String prefix) {
        return new SiteNeed(kind, prefix + file, line, object, address, version);
    }

    /** {@return the kind of what is fetched} */
    public Kind kind() {
        return kind;
    }

    /**
     * {@return the file with the object, relative to the context directory and with slashes; a chart, if that renders
     * the object}
     */
    public String file() {
        return file;
    }

    /** {@return the line of the object, from 1, or 0 if it is unknown} */
    public int line() {
        return line;
    }

    /** {@return the kind of the object with its namespace and name, such as {@code HelmRelease apps/podinfo}} */
    public String object() {
        return object;
    }

    /**
     * {@return the address or reference as the object names it, such as {@code https://example.com/charts/podinfo} for
     * a chart with its repository; empty if it names none}
     */
    public String address() {
        return address;
    }

    /** {@return the version, tag, digest, branch or range as the object names it; empty if it names none} */
    public String version() {
        return version;
    }

    /** {@return what provides it at an air-gapped site, in the imperative} */
    public String fix() {
        return kind.fix;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SiteNeed that
                && kind == that.kind
                && file.equals(that.file)
                && line == that.line
                && object.equals(that.object)
                && address.equals(that.address)
                && version.equals(that.version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, file, line, object, address, version);
    }

    /** {@return the file, line, object, address and version in the format of compiler messages} */
    @Override
    public String toString() {
        String what = (address + " " + version).strip();
        return Printable.of(file + (line > 0 ? ":" + line : "") + ": " + object + (what.isEmpty() ? "" : ": " + what));
    }
}
