package io.sealos.kubefile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the caller adds to a Kubefile, as the engine's flags of the same names. Immutable. */
public final class BuildOptions {
    private final Map<String, String> buildArgs;
    private final Map<String, String> labels;
    private final Map<String, String> env;
    private final Map<String, ContainerConfig> baseConfigs;
    private final @Nullable String target;
    private final Platform platform;

    private BuildOptions(Builder builder) {
        this.buildArgs = copy(builder.buildArgs);
        this.labels = copy(builder.labels);
        this.env = copy(builder.env);
        this.baseConfigs = copy(builder.baseConfigs);
        this.target = builder.target;
        this.platform = builder.platform;
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** {@return no additions, for linux/amd64} */
    public static BuildOptions defaults() {
        return builder().build();
    }

    /** {@return a builder that begins with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that begins with these options} */
    public Builder toBuilder() {
        Builder builder = new Builder().platform(platform);
        builder.buildArgs.putAll(buildArgs);
        builder.labels.putAll(labels);
        builder.env.putAll(env);
        builder.baseConfigs.putAll(baseConfigs);
        builder.target = target;
        return builder;
    }

    /** {@return values for ARG} */
    public Map<String, String> buildArgs() {
        return buildArgs;
    }

    /** {@return labels added at the end of each stage} */
    public Map<String, String> labels() {
        return labels;
    }

    /** {@return variables set at the start of each stage} */
    public Map<String, String> env() {
        return env;
    }

    /** {@return configurations of base images, by the reference as FROM has it} */
    public Map<String, ContainerConfig> baseConfigs() {
        return baseConfigs;
    }

    /** {@return the stage to build; without it the last one} */
    public Optional<String> target() {
        return Optional.ofNullable(target);
    }

    /** {@return the platform to build for} */
    public Platform platform() {
        return platform;
    }

    /** Gathers options. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<String, String> buildArgs = new LinkedHashMap<>();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private final Map<String, String> env = new LinkedHashMap<>();
        private final Map<String, ContainerConfig> baseConfigs = new LinkedHashMap<>();
        private @Nullable String target;
        private Platform platform = Platform.linuxAmd64();

        private Builder() {}

        /** Gives an ARG its value, as {@code --build-arg}. */
        public Builder buildArg(String name, String value) {
            buildArgs.put(name, Objects.requireNonNull(value));
            return this;
        }

        /** Adds a label to each stage, as {@code --label}: after all instructions, variables in it expanded. */
        public Builder label(String key, String value) {
            labels.put(key, Objects.requireNonNull(value));
            return this;
        }

        /** Sets a variable in each stage, as {@code --env}: before all instructions, variables in it expanded. */
        public Builder env(String key, String value) {
            env.put(key, Objects.requireNonNull(value));
            return this;
        }

        /** Builds up to this stage, by name or, where it has none, index; as {@code --target}. */
        public Builder target(String stage) {
            target = Objects.requireNonNull(stage);
            return this;
        }

        /** Builds for this platform; the default is linux/amd64. */
        public Builder platform(Platform platform) {
            this.platform = Objects.requireNonNull(platform);
            return this;
        }

        /** Tells the configuration of a base image, by its reference as FROM has it with variables expanded. */
        public Builder baseConfig(String reference, ContainerConfig config) {
            baseConfigs.put(reference, Objects.requireNonNull(config));
            return this;
        }

        /** {@return the options} */
        public BuildOptions build() {
            return new BuildOptions(this);
        }
    }
}
