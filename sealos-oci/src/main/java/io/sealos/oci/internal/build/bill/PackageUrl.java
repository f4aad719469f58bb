package io.sealos.oci.internal.build.bill;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes <a href="https://github.com/package-url/purl-spec">package URLs</a> in their canonical form. */
final class PackageUrl {
    private static final String UNRESERVED = "-._~";

    private PackageUrl() {}

    /** {@return the URL of an image whose registry is known} */
    static String image(ImageReference reference, Digest digest, Optional<Platform> platform, Optional<String> tag) {
        return image(
                reference.repository(),
                digest,
                platform,
                tag,
                Optional.of(reference.registry() + "/" + reference.repository()));
    }

    /**
     * {@return the URL of an image}
     *
     * @param repository the repository, whose last part is the name in lower case
     * @param address the repository with its registry; empty if the registry is not known
     */
    static String image(
            String repository,
            Digest digest,
            Optional<Platform> platform,
            Optional<String> tag,
            Optional<String> address) {
        SortedMap<String, String> qualifiers = new TreeMap<>();
        platform.ifPresent(it -> qualifiers.put("arch", it.architecture()));
        address.ifPresent(it -> qualifiers.put("repository_url", it));
        tag.ifPresent(it -> qualifiers.put("tag", it));
        String name = repository.substring(repository.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return "pkg:oci/" + encoded(name) + "@" + encoded(digest.toString()) + text(qualifiers);
    }

    /** {@return the URL of a chart, whose version may be empty} */
    static String chart(String name, String version) {
        return "pkg:helm/" + encoded(name) + (version.isEmpty() ? "" : "@" + encoded(version));
    }

    private static String text(Map<String, String> qualifiers) {
        return qualifiers.isEmpty()
                ? ""
                : qualifiers.entrySet().stream()
                        .map(it -> it.getKey() + "=" + encoded(it.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", one & 0xff));
        }
        return encoded.toString();
    }
}
