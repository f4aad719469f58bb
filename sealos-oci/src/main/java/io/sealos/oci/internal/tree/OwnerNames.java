package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users and groups by the /etc/passwd and /etc/group of a stage. */
final class OwnerNames {
    private static final int MAX_BYTES = 1 << 20;
    private static final int PASSWD_GROUP = 3;
    private static final int ID = 2;

    private final TreeNode root;

    OwnerNames(TreeNode root) {
        this.root = root;
    }

    /** The owner that {@code user[:group]} names; null where the stage does not know it. */
    @Nullable
    Owner find(String spec) throws IOException {
        int colon = spec.indexOf(':');
        String user = colon < 0 ? spec : spec.substring(0, colon);
        String group = colon < 0 ? "" : spec.substring(colon + 1);
        Long uid = isNumber(user) ? Long.valueOf(user) : field("etc/passwd", user, ID);
        Long gid =
                group.isEmpty() ? groupOf(user) : isNumber(group) ? Long.valueOf(group) : field("etc/group", group, ID);
        return uid == null || gid == null ? null : new Owner(uid, gid);
    }

    private @Nullable Long groupOf(String user) throws IOException {
        return isNumber(user) ? Long.valueOf(user) : field("etc/passwd", user, PASSWD_GROUP);
    }

    private @Nullable Long field(String file, String name, int index) throws IOException {
        for (String line : read(file).split("\n", -1)) {
            String[] fields = line.split(":", -1);
            if (fields.length > index && fields[0].equals(name) && isNumber(fields[index])) {
                return Long.valueOf(fields[index]);
            }
        }
        return null;
    }

    private String read(String file) throws IOException {
        List<String> path = TreePath.follow(root, TreePath.clean(file));
        TreeNode node = TreePath.find(root, path);
        if (node == null || node.kind() != TreeNode.Kind.FILE) {
            return "";
        }
        try (InputStream in = node.content().open()) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
