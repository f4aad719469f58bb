package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Suggests existing names for sources that do not exist. */
final class NearNames {
    private static final int MAX_DISTANCE = 2;

    private NearNames() {}

    static Optional<String> suggestion(TreeNode root, List<String> path) throws IOException {
        TreeNode directory = root;
        for (int i = 0; i < path.size(); i++) {
            TreeNode next = directory.children().get(path.get(i));
            if (next == null) {
                return near(directory, path, i);
            }
            if (!next.isDirectory()) {
                return Optional.empty();
            }
            directory = next;
        }
        return Optional.empty();
    }

    private static Optional<String> near(TreeNode directory, List<String> path, int index) throws IOException {
        String best = "";
        int distance = MAX_DISTANCE + 1;
        for (String name : directory.children().keySet()) {
            int found = distance(name.toLowerCase(Locale.ROOT), path.get(index).toLowerCase(Locale.ROOT));
            if (found < distance && found < name.length()) {
                distance = found;
                best = name;
            }
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(path);
        names.set(index, best);
        return Optional.of("did you mean '" + String.join("/", names) + "'?");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
