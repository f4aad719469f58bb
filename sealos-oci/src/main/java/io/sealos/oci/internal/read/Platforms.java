package io.sealos.oci.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.kubefile.Platform;
import java.util.regex.Pattern;

/** Compares platforms with those that indexes and configurations state, which may have any form. */
public final class Platforms {
    /** The platform that an index states for entries that are not images, such as attestations. */
    public static final String UNKNOWN = "unknown/unknown";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.-]++(/[A-Za-z0-9_.-]++){1,2}");

    private Platforms() {}

    /** Returns whether {@code os/architecture[/variant]} is the platform; a missing variant is any. */
    public static boolean matches(Platform wanted, String text) {
        String[] parts = text.split("/", 3);
        return wanted.os().equals(parts[0])
                && wanted.architecture().equals(parts.length > 1 ? parts[1] : "")
                && matchesVariant(wanted, variant(text));
    }

    /** Returns whether an object with {@code os}, {@code architecture} and perhaps {@code variant} is the platform. */
    public static boolean matches(Platform wanted, JsonNode platform) {
        return wanted.os().equals(platform.path("os").asText())
                && wanted.architecture().equals(platform.path("architecture").asText())
                && matchesVariant(wanted, platform.path("variant").asText(""));
    }

    /** Returns the variant of {@code os/architecture[/variant]}; empty if it has none. */
    public static String variant(String text) {
        String[] parts = text.split("/", 3);
        return parts.length > 2 ? parts[2] : "";
    }

    private static boolean matchesVariant(Platform wanted, String other) {
        String variant = wanted.variant().orElse("");
        return variant.isEmpty()
                || other.isEmpty()
                || variant.equals(other)
                || (wanted.architecture().equals("arm64") && (variant + other).matches("v8(v8)?"));
    }

    /** Returns {@code os/architecture[/variant]} for an object with these fields, {@code unknown} for missing ones. */
    public static String describe(JsonNode platform) {
        String variant = platform.path("variant").asText("");
        return platform.path("os").asText("unknown") + "/"
                + platform.path("architecture").asText("unknown") + (variant.isEmpty() ? "" : "/" + variant);
    }

    /** Returns {@link #describe} of a platform; {@link #UNKNOWN} if its fields are not names. */
    public static String text(JsonNode platform) {
        String text = describe(platform);
        return FORM.matcher(text).matches() ? text : UNKNOWN;
    }
}
