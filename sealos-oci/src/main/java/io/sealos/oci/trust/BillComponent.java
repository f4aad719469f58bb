package io.sealos.oci.trust;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.internal.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A component of a {@link BillOfMaterials}: an image, a chart, a file, or a component that the caller adds, such as a
 * package in an image. Immutable and thread-safe.
 *
 * <pre>{@code
 * BillComponent.of("library", "openssl", "3.0.11-1")
 *         .withPackageUrl("pkg:deb/debian/openssl@3.0.11-1?arch=amd64")
 *         .withLicense("Apache-2.0")
 *         .inImage("nginx:1.25");
 * }</pre>
 *
 * @since 0.1.0
 */
public final class BillComponent {
    private static final Set<String> TYPES = Set.of(
            "application",
            "cryptographic-asset",
            "container",
            "data",
            "device",
            "device-driver",
            "file",
            "firmware",
            "framework",
            "library",
            "machine-learning-model",
            "operating-system",
            "platform");

    private final String type;
    private final String name;
    private final String version;
    private final String packageUrl;
    private final String license;
    private final List<Digest> digests;
    private final Optional<ImageReference> image;

    BillComponent(String type, String name, String version, String packageUrl, String license, List<Digest> digests) {
        this(type, name, version, packageUrl, license, digests, Optional.empty());
    }

    private BillComponent(
            String type,
            String name,
            String version,
            String packageUrl,
            String license,
            List<Digest> digests,
            Optional<ImageReference> image) {
        this.type = type;
        this.name = name;
        this.version = version;
        this.packageUrl = packageUrl;
        this.license = license;
        this.digests = List.copyOf(digests);
        this.image = image;
    }

    /**
     * {@return a component}
     *
     * @param type the type in CycloneDX 1.6, such as {@code library} or {@code operating-system}
     * @param name the name
     * @param version the version; may be empty
     * @throws IllegalArgumentException if the type is unknown or the name is blank
     */
    public static BillComponent of(String type, String name, String version) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("'" + Printable.of(type)
                    + "' is not a type of components of CycloneDX 1.6; use one of " + new TreeSet<>(TYPES));
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("a component has no name; its type is " + type);
        }
        return new BillComponent(type, name, version, "", "", List.of());
    }

    /**
     * {@return this component with a package URL}
     *
     * @param url the URL, such as {@code pkg:deb/debian/openssl@3.0.11-1}, which is written as given
     * @throws IllegalArgumentException if it does not begin with {@code pkg:}, a type and a slash
     */
    public BillComponent withPackageUrl(String url) {
        int slash = Objects.requireNonNull(url, "url").indexOf('/');
        if (!url.startsWith("pkg:") || slash < 5 || slash == url.length() - 1) {
            throw new IllegalArgumentException("'" + Printable.of(url)
                    + "' is not a package URL; write it as pkg:TYPE/NAME@VERSION, such as pkg:deb/debian/curl@8.5.0");
        }
        return new BillComponent(type, name, version, url, license, digests, image);
    }

    /**
     * {@return this component with a license}
     *
     * @param expression an SPDX expression, such as {@code Apache-2.0 OR MIT}, or the name of a license
     * @throws IllegalArgumentException if it is blank
     */
    public BillComponent withLicense(String expression) {
        if (Objects.requireNonNull(expression, "expression").isBlank()) {
            throw new IllegalArgumentException("the license of '" + Printable.of(name) + "' is blank");
        }
        return new BillComponent(type, name, version, packageUrl, expression, digests, image);
    }

    /**
     * {@return this component with a further digest of its content}
     *
     * @param digest the digest
     */
    public BillComponent withDigest(Digest digest) {
        List<Digest> all = new ArrayList<>(digests);
        all.add(Objects.requireNonNull(digest, "digest"));
        return new BillComponent(type, name, version, packageUrl, license, all, image);
    }

    /**
     * {@return this component as a part of an image, which will depend on it in the bill} A build fails if it does not
     * save the image.
     *
     * @param reference the image as the application refers to it
     * @throws io.sealos.images.ImageReferenceException if the reference is malformed
     */
    public BillComponent inImage(String reference) {
        ImageReference parsed = ImageReference.parse(Objects.requireNonNull(reference, "reference"))
                .withDefaultTag();
        return new BillComponent(type, name, version, packageUrl, license, digests, Optional.of(parsed));
    }

    /** {@return the type in CycloneDX, such as {@code container}, {@code application} or {@code file}} */
    public String type() {
        return type;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the version; empty if there is none} */
    public String version() {
        return version;
    }

    /** {@return the package URL, such as {@code pkg:helm/nginx@1.2.3}; empty if there is none} */
    public Optional<String> packageUrl() {
        return Optional.of(packageUrl).filter(url -> !url.isEmpty());
    }

    /** {@return the license as an SPDX expression or a name; empty if it is not known} */
    public Optional<String> license() {
        return Optional.of(license).filter(text -> !text.isEmpty());
    }

    /** {@return the digests by SHA-256 and SHA-512; may be empty} */
    public List<Digest> digests() {
        return digests;
    }

    /** {@return the image to which the caller has added this component; empty for a component of a bill} */
    public Optional<ImageReference> image() {
        return image;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BillComponent that
                && type.equals(that.type)
                && name.equals(that.name)
                && version.equals(that.version)
                && packageUrl.equals(that.packageUrl)
                && license.equals(that.license)
                && digests.equals(that.digests)
                && image.equals(that.image);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, name, version, packageUrl, license, digests, image);
    }

    /** {@return the type, the name and the version, such as {@code application nginx 1.2.3}} */
    @Override
    public String toString() {
        return type + " " + name + (version.isEmpty() ? "" : " " + version);
    }
}
