package io.sealos.images;

import io.sealos.images.ImageReferenceException.Part;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The grammar of <a href="https://github.com/distribution/reference/blob/v0.6.0/reference.go">distribution's
 * references</a> and the normalisation that Docker puts before it. Lengths are checked before any pattern runs, so that
 * no input is slow.
 */
final class ReferenceParser {
    private static final String HOST_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final Pattern REGISTRY =
            Pattern.compile("(?:" + HOST_LABEL + "(?:\\." + HOST_LABEL + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?");
    private static final String PATH_COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REPOSITORY = Pattern.compile(PATH_COMPONENT + "(?:/" + PATH_COMPONENT + ")*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}");
    private static final Pattern IMAGE_ID = Pattern.compile("[a-f0-9]{64}");
    private static final int MAX_NAME = 255;
    private static final int MAX_TAG = 128;

    private final String text;

    ReferenceParser(String text) {
        this.text = text;
    }

    ImageReference parse() {
        checkWhole();
        int at = text.indexOf('@');
        String named = at < 0 ? text : text.substring(0, at);
        int slash = registryEnd(named);
        String registry = slash < 0 ? ImageReference.DOCKER_HUB : named.substring(0, slash);
        String path = named.substring(slash + 1);
        int colon = path.indexOf(':');
        return new ImageReference(
                registry(registry),
                repository(registry(registry), colon < 0 ? path : path.substring(0, colon)),
                colon < 0 ? null : tag(path.substring(colon + 1)),
                at < 0 ? null : digest(text.substring(at + 1)));
    }

    private void checkWhole() {
        if (text.isEmpty()) {
            throw bad(Part.REFERENCE, text, "is empty; write a name such as nginx:1.25");
        }
        if (text.contains("://")) {
            throw bad(Part.REFERENCE, text, "starts with a scheme; leave it out up to '://'");
        }
        if (IMAGE_ID.matcher(text).matches()) {
            throw bad(Part.REFERENCE, text, "is 64 hex digits, an image ID; write a name such as nginx:1.25");
        }
    }

    /** What stands before the first slash is a registry only if it looks like a host. */
    private static int registryEnd(String named) {
        int slash = named.indexOf('/');
        if (slash < 0) {
            return -1;
        }
        String first = named.substring(0, slash);
        boolean host = first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.toLowerCase(Locale.ROOT).equals(first);
        return host ? slash : -1;
    }

    private String registry(String registry) {
        if (registry.equals("index.docker.io")) {
            return ImageReference.DOCKER_HUB;
        }
        if (registry.length() > MAX_NAME) {
            throw bad(Part.REGISTRY, registry, "is longer than 255 characters");
        }
        if (!REGISTRY.matcher(registry).matches()) {
            throw bad(Part.REGISTRY, registry, "is no host name with an optional :port");
        }
        return registry;
    }

    private String repository(String registry, String path) {
        if (path.isEmpty()) {
            throw bad(Part.REPOSITORY, path, "is empty");
        }
        boolean official = registry.equals(ImageReference.DOCKER_HUB) && path.indexOf('/') < 0;
        if (path.length() + (official ? ImageReference.OFFICIAL.length() : 0) > MAX_NAME) {
            throw bad(Part.REPOSITORY, path, "is longer than 255 characters");
        }
        if (!path.toLowerCase(Locale.ROOT).equals(path)) {
            throw bad(Part.REPOSITORY, path, "has upper-case letters; write it in lower case");
        }
        if (!REPOSITORY.matcher(path).matches()) {
            throw bad(
                    Part.REPOSITORY,
                    path,
                    "must be words of a-z and 0-9, joined by '.', '_', '__' or hyphens, with '/' between them");
        }
        return official ? ImageReference.OFFICIAL + path : path;
    }

    private String tag(String tag) {
        if (tag.length() > MAX_TAG || !TAG.matcher(tag).matches()) {
            throw bad(
                    Part.TAG,
                    tag,
                    "must be 1 to 128 letters, digits, '_', '.' or '-', and start with none of the last two");
        }
        return tag;
    }

    private Digest digest(String digest) {
        try {
            return Digest.parse(digest);
        } catch (IllegalArgumentException e) {
            ImageReferenceException failure = bad(
                    Part.DIGEST,
                    digest,
                    "is no digest; write sha256: and 64 lower-case hex digits, or sha512: and 128");
            failure.initCause(e);
            throw failure;
        }
    }

    private ImageReferenceException bad(Part part, String partText, String problem) {
        return new ImageReferenceException(text, part, partText, problem);
    }
}
