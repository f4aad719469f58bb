package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Splits steps by the groups of their files, so a change in one group does not affect the layers of others. */
final class GroupedLayers {
    /**
     * The maximum number of layers of a step. Engines support at most 127 layers, and other instructions need some of
     * them.
     */
    private static final int MOST_LAYERS = 100;

    private GroupedLayers() {}

    /** Splits steps. The files and the order of the steps stay the same. Files without a group precede the groups. */
    static List<PlannedStep> of(List<PlannedStep> steps) throws IOException {
        List<PlannedStep> parted = new ArrayList<>();
        for (PlannedStep step : steps) {
            TreeNode layer = step.layer();
            SortedSet<String> groups = new TreeSet<>();
            if (layer != null) {
                collect(layer, groups);
            }
            if (layer == null || groups.isEmpty()) {
                parted.add(step);
            } else {
                parted.addAll(part(step, layer, groups.size()));
            }
        }
        return parted;
    }

    private static void collect(TreeNode node, SortedSet<String> groups) throws IOException {
        if (node.isDirectory()) {
            for (TreeNode child : node.children().values()) {
                collect(child, groups);
            }
        } else if (!group(node).isEmpty()) {
            groups.add(group(node));
        }
    }

    private static String group(TreeNode node) {
        return node.kind() == TreeNode.Kind.FILE ? node.content().group() : "";
    }

    private static List<PlannedStep> part(PlannedStep step, TreeNode layer, int groups) throws IOException {
        SortedMap<String, TreeNode> parts = new TreeMap<>();
        add(layer, List.of(), groups, parts, layer);
        return parts.values().stream()
                .map(part -> new PlannedStep(step.description(), step.destination(), part))
                .toList();
    }

    private static void add(
            TreeNode node, List<Named> path, int groups, SortedMap<String, TreeNode> parts, TreeNode root)
            throws IOException {
        if (!node.isDirectory() || node.children().isEmpty()) {
            place(parts.computeIfAbsent(name(group(node), groups), name -> root.withoutChildren()), path);
            return;
        }
        for (Map.Entry<String, TreeNode> child : node.children().entrySet()) {
            List<Named> below = new ArrayList<>(path);
            below.add(new Named(child.getKey(), child.getValue()));
            add(child.getValue(), below, groups, parts, root);
        }
    }

    /** Adds an entry to a part, with the directories above it. */
    private static void place(TreeNode part, List<Named> path) throws IOException {
        TreeNode directory = part;
        for (Named above : path.subList(0, path.size() - 1)) {
            directory = directory
                    .children()
                    .computeIfAbsent(above.name(), missing -> above.node().withoutChildren());
        }
        Named last = path.get(path.size() - 1);
        directory.children().put(last.name(), last.node());
    }

    private record Named(String name, TreeNode node) {}

    /**
     * Returns the name of the part for a group. A new or missing group does not move other groups, even if several
     * share a part.
     */
    private static String name(String group, int groups) {
        return group.isEmpty() || groups <= MOST_LAYERS
                ? group
                : "part " + Math.floorMod(group.hashCode(), MOST_LAYERS);
    }
}
