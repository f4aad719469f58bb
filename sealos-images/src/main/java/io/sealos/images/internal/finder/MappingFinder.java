package io.sealos.images.internal.finder;

import java.util.function.Consumer;

/** Looks at one mapping at a time for one kind of place; the walk brings it to every mapping of a document. */
@FunctionalInterface
public interface MappingFinder {
    /** Reports the images that fields of this mapping name. Mappings below it are inspected by a call of their own. */
    void inspect(VisitedMapping mapping, Consumer<Sighting> found);
}
