package io.sealos.images.internal.yaml;

import io.sealos.images.internal.yaml.YamlNode.Place;

/** What one document's tree may take; together with its text that is less than 64 MB of memory. */
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
