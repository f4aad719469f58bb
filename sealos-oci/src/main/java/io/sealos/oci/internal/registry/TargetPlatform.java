package io.sealos.oci.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;

/** The platform that images are saved for; the variant is empty where it does not matter. */
public record TargetPlatform(String os, String architecture, String variant) {

    /** What an index says of entries that are no images, such as attestations. */
    static final String UNKNOWN = "unknown/unknown";

    /** From {@code os/architecture[/variant]}. */
    public static TargetPlatform parse(String text) {
        String[] parts = text.split("/", 3);
        return new TargetPlatform(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    /** Whether {@code os/architecture[/variant]} means this platform. */
    public boolean matches(String text) {
        TargetPlatform other = parse(text);
        return os.equals(other.os) && architecture.equals(other.architecture) && matchesVariant(other.variant);
    }

    /** Whether an object with {@code os}, {@code architecture} and perhaps {@code variant} means this platform. */
    public boolean matches(JsonNode platform) {
        return os.equals(platform.path("os").asText())
                && architecture.equals(platform.path("architecture").asText())
                && matchesVariant(platform.path("variant").asText(""));
    }

    private boolean matchesVariant(String other) {
        return variant.isEmpty()
                || other.isEmpty()
                || variant.equals(other)
                || (architecture.equals("arm64") && (variant + other).matches("v8(v8)?"));
    }

    public static String describe(JsonNode platform) {
        String variant = platform.path("variant").asText("");
        return platform.path("os").asText("unknown") + "/"
                + platform.path("architecture").asText("unknown") + (variant.isEmpty() ? "" : "/" + variant);
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
