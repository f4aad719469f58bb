package io.sealos.oci.internal.recipe;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the image tells a runtime. Sets and maps are written sorted; the order of env is kept. Immutable. */
public final class ImageConfig {
    private final List<String> env;
    private final @Nullable List<String> entrypoint;
    private final @Nullable List<String> cmd;
    private final SortedMap<String, String> labels;
    private final SortedSet<String> exposedPorts;
    private final SortedSet<String> volumes;
    private final String workingDir;
    private final String user;
    private final String stopSignal;
    private final String author;

    private ImageConfig(Builder builder) {
        this.env = List.copyOf(builder.env);
        this.entrypoint = builder.entrypoint;
        this.cmd = builder.cmd;
        this.labels = Collections.unmodifiableSortedMap(new TreeMap<>(builder.labels));
        this.exposedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(builder.exposedPorts));
        this.volumes = Collections.unmodifiableSortedSet(new TreeSet<>(builder.volumes));
        this.workingDir = builder.workingDir;
        this.user = builder.user;
        this.stopSignal = builder.stopSignal;
        this.author = builder.author;
    }

    public static Builder builder() {
        return new Builder();
    }

    public List<String> env() {
        return env;
    }

    public @Nullable List<String> entrypoint() {
        return entrypoint;
    }

    public @Nullable List<String> cmd() {
        return cmd;
    }

    public SortedMap<String, String> labels() {
        return labels;
    }

    public SortedSet<String> exposedPorts() {
        return exposedPorts;
    }

    public SortedSet<String> volumes() {
        return volumes;
    }

    public String workingDir() {
        return workingDir;
    }

    public String user() {
        return user;
    }

    public String stopSignal() {
        return stopSignal;
    }

    public String author() {
        return author;
    }

    /** Every value is optional; what is empty is not written. */
    public static final class Builder {
        private List<String> env = List.of();
        private @Nullable List<String> entrypoint;
        private @Nullable List<String> cmd;
        private Map<String, String> labels = Map.of();
        private Collection<String> exposedPorts = List.of();
        private Collection<String> volumes = List.of();
        private String workingDir = "";
        private String user = "";
        private String stopSignal = "";
        private String author = "";

        private Builder() {}

        public Builder env(List<String> keyValues) {
            this.env = keyValues;
            return this;
        }

        public Builder entrypoint(@Nullable List<String> words) {
            this.entrypoint = words == null ? null : List.copyOf(words);
            return this;
        }

        public Builder cmd(@Nullable List<String> words) {
            this.cmd = words == null ? null : List.copyOf(words);
            return this;
        }

        public Builder labels(Map<String, String> values) {
            this.labels = values;
            return this;
        }

        public Builder exposedPorts(Collection<String> ports) {
            this.exposedPorts = ports;
            return this;
        }

        public Builder volumes(Collection<String> paths) {
            this.volumes = paths;
            return this;
        }

        public Builder workingDir(String path) {
            this.workingDir = path;
            return this;
        }

        public Builder user(String name) {
            this.user = name;
            return this;
        }

        public Builder stopSignal(String signal) {
            this.stopSignal = signal;
            return this;
        }

        public Builder author(String name) {
            this.author = name;
            return this;
        }

        public ImageConfig build() {
            return new ImageConfig(this);
        }
    }
}
