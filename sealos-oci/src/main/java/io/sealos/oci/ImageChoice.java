package io.sealos.oci;

import io.sealos.kubefile.Platform;
import java.util.Objects;
import java.util.Optional;

/**
 * Chooses one of several stored images by its tag, its platform, or both. Two choices are equal if they have the same
 * tag and platform. Immutable and thread-safe.
 *
 * <pre>{@code ImageChoice.any().tag("labring/nginx:v1.23.1").platform("linux/arm64")}</pre>
 *
 * @since 0.1.0
 */
public final class ImageChoice {
    private static final ImageChoice ANY = new ImageChoice(Optional.empty(), Optional.empty());

    private final Optional<String> tag;
    private final Optional<Platform> platform;

    private ImageChoice(Optional<String> tag, Optional<Platform> platform) {
        this.tag = tag;
        this.platform = platform;
    }

    /** {@return a choice without a tag and a platform, which matches any image} */
    public static ImageChoice any() {
        return ANY;
    }

    /**
     * {@return a copy of this choice with a tag}
     *
     * @param name the name with the tag in any form, such as {@code nginx:1} for {@code docker.io/library/nginx:1}
     */
    public ImageChoice tag(String name) {
        return new ImageChoice(Optional.of(name), platform);
    }

    /**
     * {@return a copy of this choice with a platform}
     *
     * @param name the platform in the form {@code os/architecture[/variant]}, such as {@code linux/arm64}
     * @throws IllegalArgumentException if it has another form
     */
    public ImageChoice platform(String name) {
        return new ImageChoice(tag, Optional.of(Platform.parse(name)));
    }

    /** {@return the name as it was given; empty if any image matches} */
    public Optional<String> tag() {
        return tag;
    }

    /** {@return the platform; empty if any platform matches} */
    public Optional<Platform> platform() {
        return platform;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageChoice that && tag.equals(that.tag) && platform.equals(that.platform);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tag, platform);
    }

    /** {@return a description, such as {@code tag nginx:1, platform linux/arm64}} */
    @Override
    public String toString() {
        return "tag " + tag.orElse("any") + ", platform "
                + platform.map(Platform::toString).orElse("any");
    }
}
