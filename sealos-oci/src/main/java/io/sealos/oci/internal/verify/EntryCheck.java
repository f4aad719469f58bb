package io.sealos.oci.internal.verify;

import io.sealos.oci.internal.read.TarEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks that all readers interpret the entries of one layer in the same way, and that the entries stay inside the
 * image. Names and <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts">whiteouts</a>
 * are those of the specification of layers.
 */
final class EntryCheck {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final Findings findings;
    private final String place;
    /** Maps each name to whether it is a directory. */
    private final Map<String, Boolean> names = new HashMap<>();

    EntryCheck(Findings findings, String place) {
        this.findings = findings;
        this.place = place;
    }

    void check(TarEntry entry) {
        String name = entry.name();
        checkName(name, "entry");
        if (entry.isLink()) {
            checkName(entry.linkName(), "hard link '" + name + "' to");
        }
        String path = path(name);
        if (names.putIfAbsent(path, entry.isDirectory()) != null) {
            findings.mismatch(place, "entry '" + name + "' is there twice");
        }
        checkParent(name, path);
        checkWhiteout(entry, path);
    }

    private void checkName(String name, String what) {
        if (name.isEmpty() || name.startsWith("/")) {
            findings.mismatch(place, what + " '" + name + "' is not relative");
        }
        if (Arrays.asList(name.split("/", -1)).contains("..")) {
            findings.mismatch(place, what + " '" + name + "' leads out of the image");
        }
    }

    /** {@return the name in its normal form, which is {@code a} for {@code ./a/}} */
    private static String path(String name) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return path.startsWith("./") ? path.substring(2) : path;
    }

    /** Reports entries below a link, which readers extract to different places. */
    private void checkParent(String name, String path) {
        String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        if (!parent.isEmpty() && !names.getOrDefault(parent, true)) {
            findings.mismatch(place, "entry '" + name + "' lies below '" + parent + "', which is not a directory");
        }
    }

    private void checkWhiteout(TarEntry entry, String path) {
        String directory = path.substring(0, path.lastIndexOf('/') + 1);
        String last = path.substring(directory.length());
        if (last.startsWith(WHITEOUT)) {
            checkWhiteout(entry, directory, last.substring(WHITEOUT.length()));
        } else if (names.containsKey(directory + WHITEOUT + last)) {
            contradiction(entry.name());
        }
    }

    private void checkWhiteout(TarEntry entry, String directory, String hidden) {
        boolean opaque = OPAQUE.equals(WHITEOUT + hidden);
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..") || (hidden.startsWith(WHITEOUT) && !opaque)) {
            findings.mismatch(place, "whiteout '" + entry.name() + "' hides nothing that can be there");
        }
        if (!entry.isFile() || entry.size() != 0) {
            findings.mismatch(place, "whiteout '" + entry.name() + "' is not an empty file");
        }
        if (!opaque && names.containsKey(directory + hidden)) {
            contradiction(directory + hidden);
        }
    }

    private void contradiction(String name) {
        findings.mismatch(place, "entry '" + name + "' is there, and a whiteout of it too");
    }
}
