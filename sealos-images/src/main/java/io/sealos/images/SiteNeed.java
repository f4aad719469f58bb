package io.sealos.images;

import io.sealos.internal.text.Printable;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that a controller fetches at the site because an object names it: the chart of a Flux {@code HelmRelease},
 * an Argo {@code Application} or a k3s {@code HelmChart}, a repository of Flux, a catalog of OLM, or a package of
 * Crossplane. An air-gapped site must provide it. A cluster image provides what is an {@linkplain #artifact() artifact
 * in a registry} if its build {@linkplain ImageScanner#withArtifacts() saves artifacts}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SiteNeed {
    /** The kinds of what is fetched. */
    public enum Kind {
        /** A Helm chart in a repository or registry. */
        CHART(
                "put its .tgz into charts/, so that its images are saved; serve it at the site, or push it to a registry of"
                        + " the site, and name that address in the object"),
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
    private final @Nullable ImageReference artifact;

    private SiteNeed(Kind kind, String file, int line, String object, String address, String version) {
        this.kind = kind;
        this.file = file;
        this.line = line;
        this.object = object;
        this.address = address;
        this.version = version;
        this.artifact = null;
    }

    private SiteNeed(SiteNeed from, String file, @Nullable ImageReference artifact) {
        this.kind = from.kind;
        this.file = file;
        this.line = from.line;
        this.object = from.object;
        this.address = from.address;
        this.version = from.version;
        this.artifact = artifact;
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
        return new SiteNeed(this, prefix + file, artifact);
    }

    /**
     * {@return this need for an artifact in a registry}
     *
     * @param reference the name of the artifact, with a tag or a digest
     */
    public SiteNeed withArtifact(ImageReference reference) {
        return new SiteNeed(this, file, reference);
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

    /**
     * {@return the artifact in a registry that is fetched, such as {@code ghcr.io/stefanprodan/charts/podinfo:6.5.0};
     * empty if it is not in a registry, or if its tag depends on the registry, as with a range of versions}
     */
    public Optional<ImageReference> artifact() {
        return Optional.ofNullable(artifact);
    }

    /** {@return what provides it at an air-gapped site, in the imperative} */
    public String fix() {
        return artifact == null ? kind.fix : ArtifactFix.of(object, artifact);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SiteNeed that
                && kind == that.kind
                && file.equals(that.file)
                && line == that.line
                && object.equals(that.object)
                && address.equals(that.address)
                && version.equals(that.version)
                && Objects.equals(artifact, that.artifact);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, file, line, object, address, version, artifact);
    }

    /** {@return the file, line, object, address and version in the format of compiler messages} */
    @Override
    public String toString() {
        String what = (address + " " + version).strip();
        return Printable.of(file + (line > 0 ? ":" + line : "") + ": " + object + (what.isEmpty() ? "" : ": " + what));
    }
}
