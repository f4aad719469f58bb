package io.sealos.images.internal.gitops;

import com.google.re2j.Pattern;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import java.util.Optional;

/**
 * The artifact in a registry that an object names by an address and a version.
 *
 * @param reference the artifact; empty if it is not in a registry, or not known
 * @param problem the reason why an artifact in a registry is not known, a clause; otherwise empty
 */
record OciArtifact(Optional<ImageReference> reference, String problem) {
    /** The versions for which Flux and Helm do not list the tags of the registry. */
    private static final Pattern EXACT = Pattern.compile(
            "v?[0-9]{1,20}\\.[0-9]{1,20}\\.[0-9]{1,20}(-[0-9A-Za-z.-]{1,100})?(\\+[0-9A-Za-z.-]{1,100})?");

    /** The texts that Argo CD takes as constraints, and not as versions or tags. */
    private static final Pattern CONSTRAINT =
            Pattern.compile(".*[<>=!~^*|, ].*|v?([0-9]{1,20}\\.){0,2}[xX](\\.[xX0-9]{1,20}){0,2}");

    private static final String SCHEME = "oci://";
    private static final OciArtifact NONE = new OciArtifact(Optional.empty(), "");

    /** {@return the chart of Flux or k3s with a version} An address may have the tag itself. */
    static OciArtifact chart(String address, String version) {
        String path = path(address);
        boolean tagged = path.indexOf(':', path.lastIndexOf('/') + 1) > 0 || path.contains("@");
        if (version.isEmpty() && tagged) {
            return of(address, "");
        }
        return version.isEmpty() || EXACT.matches(version) ? of(address, version) : range(address, version);
    }

    /** {@return the artifact of Argo CD with a revision} */
    static OciArtifact revision(String address, String revision) {
        return CONSTRAINT.matches(revision)
                ? range(address, revision)
                : of(address, revision.equals("HEAD") ? "" : revision);
    }

    /** {@return the artifact of a registry with a tag or digest} */
    static OciArtifact tagged(String address, String tag) {
        return of(address, tag.isEmpty() ? "latest" : tag);
    }

    /** {@return the artifact that is named like an image, with {@code latest} as the default tag} */
    static OciArtifact image(String name) {
        try {
            boolean known = name.contains("/") && isInRegistry(name);
            return known
                    ? new OciArtifact(Optional.of(ImageReference.parse(name).withDefaultTag()), "")
                    : NONE;
        } catch (ImageReferenceException e) {
            return unknown("'" + name + "' is not the name of one");
        }
    }

    /** {@return the artifact of a registry whose version is a range} */
    static OciArtifact range(String address, String range) {
        return isInRegistry(address) ? unknown("'" + range + "' is a range of versions") : NONE;
    }

    private static OciArtifact of(String address, String version) {
        if (!isInRegistry(address)) {
            return NONE;
        }
        // Tags have no plus sign; Helm writes an underscore instead.
        String tag = version.replace('+', '_');
        String separator = version.isEmpty() ? "" : version.indexOf(':') > 0 ? "@" : ":";
        String name = path(address) + separator + tag;
        try {
            ImageReference reference = ImageReference.parse(name);
            boolean fixed = reference.tag().isPresent() || reference.digest().isPresent();
            return fixed ? new OciArtifact(Optional.of(reference), "") : unknown("it names no version");
        } catch (ImageReferenceException e) {
            return unknown("'" + name + "' is not the name of one");
        }
    }

    private static OciArtifact unknown(String problem) {
        return new OciArtifact(Optional.empty(), problem);
    }

    /** {@return whether an address has the scheme of registries, or begins with a host and has no scheme} */
    private static boolean isInRegistry(String address) {
        if (address.startsWith(SCHEME)) {
            return true;
        }
        int slash = address.indexOf('/');
        String host = slash < 0 ? "" : address.substring(0, slash);
        boolean isHost = host.contains(".") || host.contains(":") || host.equals("localhost");
        return isHost && !host.contains("@") && !address.contains("://");
    }

    private static String path(String address) {
        String path = address.startsWith(SCHEME) ? address.substring(SCHEME.length()) : address;
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
