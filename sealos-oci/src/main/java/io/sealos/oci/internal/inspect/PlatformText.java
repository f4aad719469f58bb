package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.oci.internal.read.Platforms;
import java.util.regex.Pattern;

/** A platform as {@code os/architecture[/variant]}; what is no such text is {@link #UNKNOWN}. */
final class PlatformText {
    /** BuildKit puts what it knows of a build beside the image, under this platform. */
    static final String UNKNOWN = "unknown/unknown";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.-]++(/[A-Za-z0-9_.-]++){1,2}");

    private PlatformText() {}

    /** Of an object with {@code os}, {@code architecture} and perhaps {@code variant}. */
    static String of(JsonNode platform) {
        String text = Platforms.describe(platform);
        return FORM.matcher(text).matches() ? text : UNKNOWN;
    }
}
