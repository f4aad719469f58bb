package io.sealos.oci.internal.layer;

import io.sealos.oci.LayerCompression;
import io.sealos.oci.RegistryLayering;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreePath;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The options of writing layers. Immutable.
 *
 * @param compression the default compression of layers
 * @param byDestination the compression by absolute destination path, without a trailing slash
 * @param registry the distribution of saved images over layers
 * @param executor the executor of the caller; null for threads that end with the call
 * @param records the directory for records for the next build; null for none
 * @param onlyPlain whether layers of a base image are decompressed, too
 */
public record LayerOptions(
        LayerCompression compression,
        SortedMap<String, LayerCompression> byDestination,
        RegistryLayering registry,
        @Nullable Executor executor,
        @Nullable Path records,
        boolean onlyPlain) {
    public static final LayerOptions DEFAULT = new LayerOptions(
            LayerCompression.BY_CONTENT, Collections.emptySortedMap(), RegistryLayering.ONE_LAYER, null, null, false);

    public LayerOptions {
        Objects.requireNonNull(compression, "compression");
        byDestination = Collections.unmodifiableSortedMap(new TreeMap<>(byDestination));
    }

    public LayerOptions withCompression(LayerCompression chosen) {
        return new LayerOptions(chosen, byDestination, registry, executor, records, onlyPlain);
    }

    public LayerOptions withCompression(String destination, LayerCompression chosen) {
        SortedMap<String, LayerCompression> choices = new TreeMap<>(byDestination);
        choices.put(
                TreePath.absolute(Objects.requireNonNull(destination, "destination")),
                Objects.requireNonNull(chosen, "compression"));
        return new LayerOptions(compression, choices, registry, executor, records, onlyPlain);
    }

    public LayerOptions withRegistry(RegistryLayering chosen) {
        return new LayerOptions(
                compression, byDestination, Objects.requireNonNull(chosen, "layering"), executor, records, onlyPlain);
    }

    public LayerOptions withExecutor(Executor chosen) {
        return new LayerOptions(
                compression, byDestination, registry, Objects.requireNonNull(chosen, "executor"), records, onlyPlain);
    }

    public LayerOptions uncompressed() {
        return new LayerOptions(LayerCompression.NONE, Collections.emptySortedMap(), registry, executor, records, true);
    }

    public LayerOptions withRecords(@Nullable Path directory) {
        return new LayerOptions(compression, byDestination, registry, executor, directory, onlyPlain);
    }

    /**
     * Checks that something is copied to each destination for which a compression is set.
     *
     * @throws IllegalArgumentException if nothing is copied to one of them
     */
    public void check(Collection<String> destinations) {
        SortedSet<String> known = new TreeSet<>();
        destinations.forEach(destination -> known.add(TreePath.absolute(destination)));
        for (String chosen : byDestination.keySet()) {
            if (!known.contains(chosen)) {
                throw new IllegalArgumentException("compression(\"" + chosen + "\", " + byDestination.get(chosen)
                        + ") fits no layer: nothing is copied to " + chosen + "; destinations of this build are "
                        + (known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
    }

    LayerCompression compressionOf(PlannedStep step) {
        String destination = step.destination();
        return destination == null ? compression : byDestination.getOrDefault(destination, compression);
    }
}
