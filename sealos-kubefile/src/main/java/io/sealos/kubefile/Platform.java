package io.sealos.kubefile;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operating system and architecture of an image, such as {@code linux/arm64}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Platform {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]+");

    private final String os;
    private final String architecture;
    private final @Nullable String variant;

    private Platform(String os, String architecture, @Nullable String variant) {
        this.os = os;
        this.architecture = architecture;
        this.variant = variant;
    }

    /**
     * Parses a platform. Names are not normalized: {@code amd64} and {@code x86_64} are different architectures.
     *
     * @param platform {@code os/architecture} or {@code os/architecture/variant}, such as {@code linux/arm/v7}
     * @return the platform
     * @throws IllegalArgumentException if the text has another form
     */
    public static Platform parse(String platform) {
        List<String> parts = List.of(platform.split("/", -1));
        if (parts.size() < 2
                || parts.size() > 3
                || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
            throw new IllegalArgumentException(
                    "'" + platform + "' is not a platform; write os/architecture[/variant], such as linux/arm64");
        }
        return new Platform(parts.get(0), parts.get(1), parts.size() == 3 ? parts.get(2) : null);
    }

    /** {@return linux/amd64} */
    public static Platform linuxAmd64() {
        return new Platform("linux", "amd64", null);
    }

    /** {@return the operating system, such as {@code linux}} */
    public String os() {
        return os;
    }

    /** {@return the architecture, such as {@code arm64}} */
    public String architecture() {
        return architecture;
    }

    /** {@return the variant of the architecture, such as {@code v7}; empty if none is given} */
    public Optional<String> variant() {
        return Optional.ofNullable(variant);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Platform platform && toString().equals(platform.toString());
    }

    @Override
    public int hashCode() {
        return Objects.hash(os, architecture, variant);
    }

    /** {@return the form that {@link #parse} reads} */
    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
