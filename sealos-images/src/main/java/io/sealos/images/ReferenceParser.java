package io.sealos.images;

import io.sealos.images.ImageReferenceException.Part;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Parses image references in the grammar of <a
 * href="https://github.com/distribution/reference/blob/v0.6.0/reference.go">distribution</a>, after the normalization
 * that Docker applies. Lengths are checked before any pattern is matched, so that no input is slow.
 */
final class ReferenceParser {
    /** A label of a host name, which does not end with a hyphen. */
    private static final String HOST_LABEL = "[a-zA-Z0-9]++(?:-++[a-zA-Z0-9]++)*+";

    private static final Pattern REGISTRY =
            Pattern.compile("(?:" + HOST_LABEL + "(?:\\." + HOST_LABEL + ")*+|\\[[a-fA-F0-9:]++])(?::[0-9]++)?");
    private static final Pattern IMAGE_ID = Pattern.compile("[a-f0-9]{64}");
    private static final int ID_LENGTH = 64;
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
            throw bad(Part.REFERENCE, text, "is empty", "write a name such as nginx:1.25");
        }
        if (text.contains("://")) {
            throw bad(Part.REFERENCE, text, "starts with a scheme", "leave it out up to '://'");
        }
        if (text.length() == ID_LENGTH && IMAGE_ID.matcher(text).matches()) {
            throw bad(Part.REFERENCE, text, "is 64 hex digits, an image ID", "write a name such as nginx:1.25");
        }
    }

    /** {@return the end of the registry} The text before the first slash is a registry only if it looks like a host. */
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
        if (!isPlainHost(registry) && !REGISTRY.matcher(registry).matches()) {
            throw bad(Part.REGISTRY, registry, "is not a host name with an optional :port");
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
        boolean valid = isRepository(path);
        if (!valid && !path.toLowerCase(Locale.ROOT).equals(path)) {
            throw bad(Part.REPOSITORY, path, "has upper-case letters", "write it in lower case");
        }
        if (!valid) {
            throw bad(
                    Part.REPOSITORY,
                    path,
                    "must be words of a-z and 0-9, joined by '.', '_', '__' or hyphens, with '/' between them");
        }
        return official ? ImageReference.OFFICIAL + path : path;
    }

    private String tag(String tag) {
        if (!isTag(tag)) {
            throw bad(
                    Part.TAG,
                    tag,
                    "must be 1 to 128 letters, digits, '_', '.' or '-', and start with none of the last two");
        }
        return tag;
    }

    /**
     * {@return whether the path consists of components separated by slashes} A component consists of letters and
     * digits, joined by {@code .}, {@code _}, {@code __} or hyphens.
     */
    private static boolean isRepository(String path) {
        int at = 0;
        while (at < path.length()) {
            int word = at;
            while (at < path.length() && isLowerOrDigit(path.charAt(at))) {
                at++;
            }
            if (at == word) {
                return false;
            }
            if (at == path.length()) {
                return true;
            }
            at = separatorEnd(path, at);
        }
        return false;
    }

    /** {@return the end of the separator that starts at an index; the index itself if there is none} */
    private static int separatorEnd(String path, int start) {
        char separator = path.charAt(start);
        int most =
                separator == '-' ? path.length() : separator == '_' ? 2 : separator == '.' || separator == '/' ? 1 : 0;
        int at = start;
        while (at < path.length() && at - start < most && path.charAt(at) == separator) {
            at++;
        }
        return at;
    }

    private static boolean isTag(String tag) {
        if (tag.isEmpty() || tag.length() > MAX_TAG || ".-".indexOf(tag.charAt(0)) >= 0) {
            return false;
        }
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            if (!isLowerOrDigit(c) && !(c >= 'A' && c <= 'Z') && "_.-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether the host consists of words separated by dots} Most hosts do; the pattern covers all of them. */
    private static boolean isPlainHost(String registry) {
        boolean dot = true;
        for (int i = 0; i < registry.length(); i++) {
            char c = registry.charAt(i);
            if (!isLowerOrDigit(c) && (c != '.' || dot)) {
                return false;
            }
            dot = c == '.';
        }
        return !dot;
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private Digest digest(String digest) {
        try {
            return Digest.parse(digest);
        } catch (IllegalArgumentException e) {
            ImageReferenceException failure = bad(
                    Part.DIGEST,
                    digest,
                    "is not a digest",
                    "write sha256: and 64 lower-case hex digits, or sha512: and 128");
            failure.initCause(e);
            throw failure;
        }
    }

    private ImageReferenceException bad(Part part, String partText, String problem) {
        return bad(part, partText, problem, "");
    }

    private ImageReferenceException bad(Part part, String partText, String problem, String fix) {
        return new ImageReferenceException(text, part, partText, problem, fix);
    }
}
