package io.sealos.kubefile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of a build that are not part of the Kubefile. They correspond to the flags of buildah with these names.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
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

    /** {@return the default options, which add nothing and build the last stage for linux/amd64} */
    public static BuildOptions defaults() {
        return builder().build();
    }

    /** {@return a builder initialized with the default options} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder initialized with these options} */
    public Builder toBuilder() {
        Builder builder = new Builder().platform(platform);
        builder.buildArgs.putAll(buildArgs);
        builder.labels.putAll(labels);
        builder.env.putAll(env);
        builder.baseConfigs.putAll(baseConfigs);
        builder.target = target;
        return builder;
    }

    /** {@return the values of build arguments by name, in the order in which they were set} */
    public Map<String, String> buildArgs() {
        return buildArgs;
    }

    /** {@return the labels that are added at the end of each stage, by key, in the order in which they were set} */
    public Map<String, String> labels() {
        return labels;
    }

    /**
     * {@return the environment variables that are set at the start of each stage, by name, in the order in which they
     * were set}
     */
    public Map<String, String> env() {
        return env;
    }

    /**
     * {@return the configurations of base images, by the reference in FROM or {@code --from} with variables expanded}
     */
    public Map<String, ContainerConfig> baseConfigs() {
        return baseConfigs;
    }

    /** {@return the name or index of the stage to build; empty for the last one} */
    public Optional<String> target() {
        return Optional.ofNullable(target);
    }

    /** {@return the platform to build for} */
    public Platform platform() {
        return platform;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BuildOptions that
                && buildArgs.equals(that.buildArgs)
                && labels.equals(that.labels)
                && env.equals(that.env)
                && baseConfigs.equals(that.baseConfigs)
                && Objects.equals(target, that.target)
                && platform.equals(that.platform);
    }

    @Override
    public int hashCode() {
        return Objects.hash(buildArgs, labels, env, baseConfigs, target, platform);
    }

    /**
     * {@return the platform, the target and the names of arguments, labels and variables, without their values, which
     * may be secret}
     */
    @Override
    public String toString() {
        return platform + (target == null ? "" : " target " + target) + " arguments " + buildArgs.keySet() + " labels "
                + labels.keySet() + " env " + env.keySet();
    }

    /** A builder of {@link BuildOptions}. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> buildArgs = new LinkedHashMap<>();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private final Map<String, String> env = new LinkedHashMap<>();
        private final Map<String, ContainerConfig> baseConfigs = new LinkedHashMap<>();
        private @Nullable String target;
        private Platform platform = Platform.linuxAmd64();

        private Builder() {}

        /**
         * Sets the value of a build argument, like {@code --build-arg}.
         *
         * @param name the name that ARG declares
         * @param value the value
         * @return this builder
         */
        public Builder buildArg(String name, String value) {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            buildArgs.put(name, value);
            return this;
        }

        /**
         * Adds a label to each stage after its instructions, like {@code --label}.
         *
         * @param key the key
         * @param value the value; variables in it are expanded
         * @return this builder
         */
        public Builder label(String key, String value) {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            labels.put(key, value);
            return this;
        }

        /**
         * Sets an environment variable in each stage before its instructions, like {@code --env}.
         *
         * @param key the name
         * @param value the value; variables in it are expanded
         * @return this builder
         */
        public Builder env(String key, String value) {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            env.put(key, value);
            return this;
        }

        /**
         * Sets the stage to build, like {@code --target}. The default is the last stage.
         *
         * @param stage the name of the stage, or its index from 0 if it has no name
         * @return this builder
         */
        public Builder target(String stage) {
            Objects.requireNonNull(stage, "stage");
            target = stage;
            return this;
        }

        /**
         * Sets the platform to build for. The default is linux/amd64.
         *
         * @param platform the platform
         * @return this builder
         */
        public Builder platform(Platform platform) {
            Objects.requireNonNull(platform, "platform");
            this.platform = platform;
            return this;
        }

        /**
         * Adds the configuration of a base image. Stages that are based on the image inherit it.
         *
         * @param reference the reference in FROM or {@code --from}, with variables expanded
         * @param config the configuration of the image
         * @return this builder
         */
        public Builder baseConfig(String reference, ContainerConfig config) {
            Objects.requireNonNull(config, "config");
            baseConfigs.put(reference, config);
            return this;
        }

        /** {@return the options} */
        public BuildOptions build() {
            return new BuildOptions(this);
        }
    }
}
