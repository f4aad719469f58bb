package io.sealos.images.internal.sealos;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an image as go-containerregistry parses it. Sealos saves listed images by this name, and a node requests
 * images by it. The grammar accepts more names than that of Docker, but has stricter lengths.
 *
 * @param registry the host; {@code index.docker.io} if none is given
 * @param repository the path, with {@code library/} where Docker Hub requires it
 * @param tag the tag; {@code latest} if there is neither a tag nor a digest, empty if there is a digest
 * @param digest the digest; empty if there is none
 */
public record CraneName(String registry, String repository, String tag, String digest) {
    private static final String DOCKER_HUB = "index.docker.io";
    private static final Pattern REPOSITORY = Pattern.compile("[a-z0-9_./-]{2,255}");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
    private static final Pattern DIGEST = Pattern.compile("[sh:0-9a-f]{71}");
    /** The characters that Go accepts in the host of a URL. */
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s%^`{|}\\\\#?@/:\\[\\]\\p{Cntrl}]*)(:[0-9]*)?");

    /** {@return the name; empty if the text is not a name} If there are both a tag and a digest, the tag is dropped. */
    public static Optional<CraneName> parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return tagged(text);
        }
        String digest = text.substring(at + 1);
        String named = text.substring(0, at);
        Optional<CraneName> tagged = tagged(named);
        return DIGEST.matcher(digest).matches()
                ? tagged.or(() -> repository(named, "", "")).map(it -> it.withDigest(digest))
                : Optional.empty();
    }

    private static Optional<CraneName> tagged(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.indexOf('/', colon) >= 0) {
            return repository(text, "latest", "");
        }
        String tag = text.substring(colon + 1);
        return tag.isEmpty() || TAG.matcher(tag).matches()
                ? repository(text.substring(0, colon), tag.isEmpty() ? "latest" : tag, "")
                : Optional.empty();
    }

    /**
     * Splits host and path. The text before the first slash is a host if it has a dot or a colon, so {@code localhost}
     * is not a host.
     */
    private static Optional<CraneName> repository(String text, String tag, String digest) {
        int slash = text.indexOf('/');
        String first = text.substring(0, Math.max(0, slash));
        boolean host = first.indexOf('.') >= 0 || first.indexOf(':') >= 0;
        String path = host ? text.substring(slash + 1) : text;
        if (!REPOSITORY.matcher(path).matches() || (host && !HOST.matcher(first).matches())) {
            return Optional.empty();
        }
        String registry = !host || first.equals("docker.io") ? DOCKER_HUB : first;
        boolean official = registry.equals(DOCKER_HUB) && path.indexOf('/') < 0;
        return Optional.of(new CraneName(registry, official ? "library/" + path : path, tag, digest));
    }

    private CraneName withDigest(String found) {
        return new CraneName(registry, repository, "", found);
    }

    /** {@return the tag or the digest with which a manifest is requested} */
    public String reference() {
        return digest.isEmpty() ? tag : digest;
    }

    /** {@return the registry, the repository, and the tag or digest} */
    @Override
    public String toString() {
        return registry + "/" + repository + (digest.isEmpty() ? ":" + tag : "@" + digest);
    }
}
