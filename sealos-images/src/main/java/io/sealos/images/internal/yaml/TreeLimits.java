package io.sealos.images.internal.yaml;

import io.sealos.images.internal.yaml.YamlNode.Place;

/** The limits on the tree of a document, which together with its text takes less than 64 MB of memory. */
final class TreeLimits {
    static final int MAX_DEPTH = 200;
    private static final int MAX_NODES = 400_000;

    private int nodes;

    void countNode(Place place) throws YamlFormatException {
        if (++nodes > MAX_NODES) {
            throw new YamlFormatException(place.line(), "has more than " + MAX_NODES + " nodes");
        }
    }
}
