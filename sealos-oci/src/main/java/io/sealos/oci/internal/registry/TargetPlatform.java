package io.sealos.oci.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;

/** The platform that images are saved for; the variant is empty where it does not matter. */
public record TargetPlatform(String os, String architecture, String variant) {

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
