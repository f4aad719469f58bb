package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of an image, which sealos reads when it runs the image. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ContainerConfig {
    private final Map<String, String> env;
    private final List<String> cmd;
    private final List<String> entrypoint;
    private final Map<String, String> labels;
    private final String user;
    private final String workingDir;
    private final String stopSignal;
    private final String author;
    private final Set<String> exposedPorts;
    private final Set<String> volumes;
    private final List<String> onBuild;

    private ContainerConfig(Builder builder) {
        this.env = Collections.unmodifiableMap(new LinkedHashMap<>(builder.env));
        this.cmd = List.copyOf(builder.cmd);
        this.entrypoint = List.copyOf(builder.entrypoint);
        this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(builder.labels));
        this.user = builder.user;
        this.workingDir = builder.workingDir;
        this.stopSignal = builder.stopSignal;
        this.author = builder.author;
        this.exposedPorts = new LinkedHashSet<>(builder.exposedPorts);
        this.volumes = new LinkedHashSet<>(builder.volumes);
        this.onBuild = List.copyOf(builder.onBuild);
    }

    /** {@return a builder that starts with an empty configuration} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder initialized with this configuration} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.env.putAll(env);
        builder.labels.putAll(labels);
        builder.exposedPorts.addAll(exposedPorts);
        builder.volumes.addAll(volumes);
        return builder.cmd(cmd)
                .entrypoint(entrypoint)
                .user(user)
                .workingDir(workingDir)
                .stopSignal(stopSignal)
                .author(author)
                .onBuild(onBuild);
    }

    /** {@return the environment variables by name, in the order in which the image lists them} */
    public Map<String, String> env() {
        return env;
    }

    /** {@return the commands of CMD; empty if there are none} */
    public List<String> cmd() {
        return cmd;
    }

    /** {@return the commands of ENTRYPOINT; empty if there are none} */
    public List<String> entrypoint() {
        return entrypoint;
    }

    /** {@return the labels by key, in the order in which they were first set} */
    public Map<String, String> labels() {
        return labels;
    }

    /** {@return the user, a name or number with an optional group; empty for root} */
    public Optional<String> user() {
        return present(user);
    }

    /** {@return the working directory; empty for the root directory} */
    public Optional<String> workingDir() {
        return present(workingDir);
    }

    /** {@return the signal that stops a container; empty for the default} */
    public Optional<String> stopSignal() {
        return present(stopSignal);
    }

    /** {@return the author; empty if none is named} */
    public Optional<String> author() {
        return present(author);
    }

    /**
     * {@return the exposed ports with their protocol, such as {@code 80/tcp}, in the order in which they were declared}
     */
    public List<String> exposedPorts() {
        return List.copyOf(exposedPorts);
    }

    /** {@return the paths of the volumes, in the order in which they were declared} */
    public List<String> volumes() {
        return List.copyOf(volumes);
    }

    /**
     * {@return the ONBUILD instructions that a build from this image executes first, each as one line} Only images in
     * Docker's format have them.
     */
    public List<String> onBuild() {
        return onBuild;
    }

    private static Optional<String> present(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContainerConfig that
                && List.copyOf(env.entrySet()).equals(List.copyOf(that.env.entrySet()))
                && cmd.equals(that.cmd)
                && entrypoint.equals(that.entrypoint)
                && labels.equals(that.labels)
                && user.equals(that.user)
                && workingDir.equals(that.workingDir)
                && stopSignal.equals(that.stopSignal)
                && author.equals(that.author)
                && exposedPorts.equals(that.exposedPorts)
                && volumes.equals(that.volumes)
                && onBuild.equals(that.onBuild);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                List.copyOf(env.entrySet()),
                cmd,
                entrypoint,
                labels,
                user,
                workingDir,
                stopSignal,
                author,
                exposedPorts,
                volumes,
                onBuild);
    }

    /** {@return the commands, and the names of variables and labels without their values, which may be secret} */
    @Override
    public String toString() {
        return "cmd " + cmd + " entrypoint " + entrypoint + " env " + env.keySet() + " labels " + labels.keySet();
    }

    /** A builder of {@link ContainerConfig}. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> env = new LinkedHashMap<>();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private final Set<String> exposedPorts = new LinkedHashSet<>();
        private final Set<String> volumes = new LinkedHashSet<>();
        private List<String> cmd = List.of();
        private List<String> entrypoint = List.of();
        private String user = "";
        private String workingDir = "";
        private String stopSignal = "";
        private String author = "";
        private List<String> onBuild = List.of();

        private Builder() {}

        /**
         * Sets an environment variable. A variable that is already set keeps its position.
         *
         * @param key the name
         * @param value the value
         * @return this builder
         */
        public Builder env(String key, String value) {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            env.put(key, value);
            return this;
        }

        // A variable that a stage sets moves after those of its base, because buildah writes those of the base first.
        Builder envAtEnd(String key, String value) {
            env.remove(key);
            return env(key, value);
        }

        /**
         * Sets a label.
         *
         * @param key the key
         * @param value the value
         * @return this builder
         */
        public Builder label(String key, String value) {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            labels.put(key, value);
            return this;
        }

        /**
         * Sets the commands of CMD.
         *
         * @param commands the commands
         * @return this builder
         */
        public Builder cmd(List<String> commands) {
            Objects.requireNonNull(commands, "commands");
            cmd = new ArrayList<>(commands);
            return this;
        }

        /**
         * Sets the commands of ENTRYPOINT.
         *
         * @param commands the commands
         * @return this builder
         */
        public Builder entrypoint(List<String> commands) {
            Objects.requireNonNull(commands, "commands");
            entrypoint = new ArrayList<>(commands);
            return this;
        }

        /**
         * Sets the user.
         *
         * @param value a name or number with an optional group; empty for root
         * @return this builder
         */
        public Builder user(String value) {
            Objects.requireNonNull(value, "value");
            user = value;
            return this;
        }

        /**
         * Sets the working directory.
         *
         * @param value an absolute path; empty for the root directory
         * @return this builder
         */
        public Builder workingDir(String value) {
            Objects.requireNonNull(value, "value");
            workingDir = value;
            return this;
        }

        /**
         * Sets the signal that stops a container.
         *
         * @param value a name or number; empty for the default
         * @return this builder
         */
        public Builder stopSignal(String value) {
            Objects.requireNonNull(value, "value");
            stopSignal = value;
            return this;
        }

        /**
         * Sets the author.
         *
         * @param value the author; empty for none
         * @return this builder
         */
        public Builder author(String value) {
            Objects.requireNonNull(value, "value");
            author = value;
            return this;
        }

        /**
         * Sets the ONBUILD instructions.
         *
         * @param instructions the instructions, each as one line
         * @return this builder
         */
        public Builder onBuild(List<String> instructions) {
            Objects.requireNonNull(instructions, "instructions");
            onBuild = new ArrayList<>(instructions);
            return this;
        }

        /**
         * Adds an exposed port.
         *
         * @param port the port with its protocol, such as {@code 80/tcp}
         * @return this builder
         */
        public Builder exposedPort(String port) {
            Objects.requireNonNull(port, "port");
            exposedPorts.add(port);
            return this;
        }

        /**
         * Adds a volume.
         *
         * @param path the path in the image
         * @return this builder
         */
        public Builder volume(String path) {
            Objects.requireNonNull(path, "path");
            volumes.add(path);
            return this;
        }

        String user() {
            return user;
        }

        String workingDir() {
            return workingDir;
        }

        /** {@return the configuration} */
        public ContainerConfig build() {
            return new ContainerConfig(this);
        }
    }
}
