package io.sealos.images.internal.scan;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The values of an object that replaced others when a kustomization was evaluated. */
final class ReplacedValues {
    private static final int MOST = 20;
    private static final int MAX_NODES = 1_000_000;

    private final Map<String, YamlNode> changed = new HashMap<>();
    /** The number of visited nodes, aliases counted each time. */
    private int nodes;

    /** Finds the values in an object. */
    ReplacedValues(YamlNode object) {
        collect(object, YamlPath.ROOT);
    }

    private void collect(YamlNode node, YamlPath path) {
        if (++nodes > MAX_NODES) {
            return;
        }
        if (node.replaced() != null) {
            changed.put(path.toString(), node);
        }
        node.entries().forEach(it -> collect(it.value(), path.key(it.key())));
        for (int i = 0; i < node.items().size(); i++) {
            collect(node.items().get(i), path.index(i));
        }
    }

    /**
     * {@return the places of the values that were replaced at a path, the first one first}
     *
     * @param places determines the place of a line
     */
    List<String> places(String path, IntFunction<String> places) {
        List<String> all = new ArrayList<>();
        YamlNode node = changed.get(path);
        while (node != null && node.replaced() != null && all.size() < MOST) {
            node = node.replaced();
            all.add(places.apply(node.line()));
        }
        Collections.reverse(all);
        return all;
    }
}
