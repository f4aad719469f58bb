package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.oci.internal.registry.TargetPlatform;
import java.util.regex.Pattern;

/** The text of a stored platform, {@code os/architecture[/variant]}; {@link #UNKNOWN} for malformed ones. */
final class PlatformText {
    /** The platform of the attestations that BuildKit adds to an index. */
    static final String UNKNOWN = "unknown/unknown";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.-]++(/[A-Za-z0-9_.-]++){1,2}");

    private PlatformText() {}

    /** {@return the text of an object with {@code os}, {@code architecture} and perhaps {@code variant}} */
    static String of(JsonNode platform) {
        String text = TargetPlatform.describe(platform);
        return FORM.matcher(text).matches() ? text : UNKNOWN;
    }
}
