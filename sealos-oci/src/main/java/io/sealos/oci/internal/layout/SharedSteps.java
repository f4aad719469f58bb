package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreeNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The steps of all platforms that create layers. A step that adds the same files for several platforms creates only one
 * layer.
 */
final class SharedSteps {
    private final List<PlannedStep> distinct = new ArrayList<>();
    private final List<List<Integer>> layers = new ArrayList<>();

    SharedSteps(List<List<PlannedStep>> platforms) throws IOException {
        for (List<PlannedStep> steps : platforms) {
            layers.add(share(steps));
        }
    }

    /** {@return the positions of a platform's layers among the distinct steps} */
    private List<Integer> share(List<PlannedStep> steps) throws IOException {
        List<Integer> used = new ArrayList<>();
        for (PlannedStep step : steps) {
            used.add(position(step));
        }
        return used;
    }

    private int position(PlannedStep step) throws IOException {
        for (int i = 0; i < distinct.size(); i++) {
            if (isSame(distinct.get(i), step)) {
                return i;
            }
        }
        distinct.add(step);
        return distinct.size() - 1;
    }

    /** {@return the distinct steps, which create the layers} */
    List<PlannedStep> distinct() {
        return distinct;
    }

    /** {@return the layers of a platform, selected from those of the distinct steps} */
    <T> List<T> layersOf(int platform, List<T> made) {
        return layers.get(platform).stream().map(made::get).toList();
    }

    private static boolean isSame(PlannedStep one, PlannedStep other) throws IOException {
        return one.description().equals(other.description()) && isSame(one.requireLayer(), other.requireLayer());
    }

    private static boolean isSame(TreeNode one, TreeNode other) throws IOException {
        boolean same = one.kind() == other.kind()
                && one.mode() == other.mode()
                && one.owner().equals(other.owner())
                && one.isImplied() == other.isImplied()
                && one.knownAttributes().equals(other.knownAttributes());
        return same
                && switch (one.kind()) {
                    case DIRECTORY -> haveSameEntries(one, other);
                    case FILE -> one.content().equals(other.content());
                    case SYMLINK -> one.target().equals(other.target());
                    default -> one.device().equals(other.device());
                };
    }

    private static boolean haveSameEntries(TreeNode one, TreeNode other) throws IOException {
        if (one.children().size() != other.children().size()) {
            return false;
        }
        Iterator<Map.Entry<String, TreeNode>> others =
                other.children().entrySet().iterator();
        for (Map.Entry<String, TreeNode> entry : one.children().entrySet()) {
            Map.Entry<String, TreeNode> same = others.next();
            if (!entry.getKey().equals(same.getKey()) || !isSame(entry.getValue(), same.getValue())) {
                return false;
            }
        }
        return true;
    }
}
