package io.sealos.images.internal.finder;

import java.util.function.Consumer;

/** Finds images at one kind of place in a mapping. It is called for every mapping of a document. */
@FunctionalInterface
public interface MappingFinder {
    /** Reports the images that fields of this mapping name. Mappings below it are inspected by a call of their own. */
    void inspect(VisitedMapping mapping, Consumer<Sighting> found);
}
