package io.sealos.oci.internal.trust.policy;

import io.sealos.images.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The images to which rules apply: one image, a repository, several repositories, one or several registries, or all.
 *
 * @param text the text, such as {@code ghcr.io/acme}; {@code *} for all
 */
public record PolicyScope(String text) implements Comparable<PolicyScope> {
    /** All images. */
    public static final PolicyScope ALL = new PolicyScope("*");

    private static final int LONGEST = 1024;
    private static final Pattern SUBDOMAINS = Pattern.compile("\\*(\\.[A-Za-z0-9-]{1,63}){1,20}");
    private static final Pattern NAME = Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9.:\\[\\]-]{0,255}(/[a-z0-9][a-z0-9._-]{0,255}){0,50}(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?"
                    + "(@sha(256|512):[0-9a-f]{64,128})?");

    /**
     * {@return a scope}
     *
     * @throws IllegalArgumentException if it is not valid
     */
    public static PolicyScope parse(String text) {
        boolean valid = text.length() <= LONGEST
                && (text.equals(ALL.text)
                        || SUBDOMAINS.matcher(text).matches()
                        || (NAME.matcher(text).matches() && !isShortName(text)));
        if (!valid) {
            throw new IllegalArgumentException(
                    "the scope '" + text + "' is neither a registry, a repository nor an image;"
                            + " write it with its registry, such as docker.io/library/nginx, *.example.com, or * for all");
        }
        return new PolicyScope(text);
    }

    /** {@return whether the first part is not a registry, such as in nginx or library/nginx} */
    private static boolean isShortName(String text) {
        String first = text.split("/", 2)[0];
        return !first.contains(".") && !first.contains(":") && !first.equals("localhost");
    }

    /** {@return the scopes to which an image belongs, the most specific one first} */
    public static List<PolicyScope> of(ImageReference image) {
        ImageReference whole = image.withDefaultTag();
        List<String> scopes = new ArrayList<>();
        whole.digest().ifPresent(digest -> scopes.add(whole.name() + "@" + digest));
        whole.tag().ifPresent(tag -> scopes.add(whole.name() + ":" + tag));
        for (String name = whole.name(); name.contains("/"); name = name.substring(0, name.lastIndexOf('/'))) {
            scopes.add(name);
        }
        scopes.add(whole.registry());
        String host = whole.registry().replaceFirst(":[0-9]{1,5}$", "");
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            scopes.add("*" + host.substring(dot));
        }
        scopes.add(ALL.text);
        return scopes.stream().map(PolicyScope::new).toList();
    }

    @Override
    public int compareTo(PolicyScope other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
