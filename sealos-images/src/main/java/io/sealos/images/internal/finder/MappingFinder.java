package io.sealos.images.internal.finder;

import java.util.function.Consumer;

/** Finds images at one kind of place in a mapping. It is called for every mapping of a document. */
@FunctionalInterface
public interface MappingFinder {
    void inspect(VisitedMapping mapping, Consumer<Sighting> found);
}
