package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up users and groups in /etc/passwd and /etc/group of a stage, like buildah. */
final class OwnerNames {
    private static final int MAX_BYTES = 1 << 20;
    private static final long MAX_ID = 0xffff_ffffL;
    private static final int LONGEST_ID = 10;

    private static final Table PASSWD = new Table("etc/passwd", 7, 3);
    private static final Table GROUP = new Table("etc/group", 4, 2);
    private static final int ID = 2;
    private static final int PASSWD_GROUP = 3;

    private final TreeNode root;

    OwnerNames(TreeNode root) {
        this.root = root;
    }

    /** A file with its number of fields. The fields from the third one to {@code lastNumber} contain numbers. */
    private record Table(String file, int fields, int lastNumber) {
        boolean isEntry(String[] line) {
            return line.length == fields && number(line[ID]) != null && number(line[lastNumber]) != null;
        }
    }

    /**
     * Returns the owner for {@code user[:group]}; null if the stage does not know it. A user number without a group is
     * also used for the group. An empty user is root.
     */
    @Nullable
    Owner find(String spec) throws IOException {
        int colon = spec.indexOf(':');
        String user = colon < 0 ? spec : spec.substring(0, colon);
        String group = colon < 0 ? "" : spec.substring(colon + 1);
        if (user.isEmpty() && group.isEmpty()) {
            return null;
        }
        Long uid = user.isEmpty() ? Long.valueOf(0) : find(PASSWD, user, ID);
        Long gid = group.isEmpty() ? find(PASSWD, user, PASSWD_GROUP) : find(GROUP, group, ID);
        return uid == null || gid == null ? null : Owner.kept(uid, gid);
    }

    private @Nullable Long find(Table table, String text, int index) throws IOException {
        Long number = number(text);
        return number == null ? field(table, text, index) : number;
    }

    /** Returns a field of the line for a name. A malformed line is treated as the end of the file. */
    private @Nullable Long field(Table table, String name, int index) throws IOException {
        for (String line : read(table.file()).split("\r?\n", -1)) {
            String[] fields = line.split(":", -1);
            if (!table.isEntry(fields)) {
                return null;
            }
            if (fields[0].equals(name)) {
                return number(fields[index]);
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

    private static @Nullable Long number(String text) {
        int start = 0;
        while (start < text.length() - 1 && text.charAt(start) == '0') {
            start++;
        }
        String digits = text.substring(start);
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= LONGEST_ID
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && Long.parseLong(digits) <= MAX_ID;
        return isNumber ? Long.valueOf(digits) : null;
    }
}
