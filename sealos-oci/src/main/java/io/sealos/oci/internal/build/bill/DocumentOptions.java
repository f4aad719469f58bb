package io.sealos.oci.internal.build.bill;

import io.sealos.oci.trust.BillComponent;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The documents that a build writes about its image. Immutable.
 *
 * @param bill whether it writes a bill of materials
 * @param components the components of the caller in the bill
 * @param builder the id of the builder in the provenance; empty for no provenance
 * @param withheld the names of arguments and variables whose values the provenance does not have
 */
public record DocumentOptions(
        boolean bill, List<BillComponent> components, Optional<String> builder, Set<String> withheld) {
    public static final DocumentOptions NONE = new DocumentOptions(false, List.of(), Optional.empty(), Set.of());

    public DocumentOptions {
        components = List.copyOf(components);
        withheld = Collections.unmodifiableSet(new TreeSet<>(withheld));
    }

    public DocumentOptions withBill(boolean write, List<BillComponent> added) {
        return new DocumentOptions(write, added, builder, withheld);
    }

    public DocumentOptions withProvenance(String builderId, Set<String> names) {
        return new DocumentOptions(bill, components, Optional.of(builderId), names);
    }

    /** {@return whether any document is written} */
    public boolean isEmpty() {
        return !bill && builder.isEmpty();
    }
}
