package io.sealos.oci.internal.tree;

import io.sealos.internal.text.Count;
import io.sealos.oci.internal.read.SparseMap;
import io.sealos.oci.internal.read.TarEntry;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses members of archives that buildah also refuses, because file systems do not accept them. */
final class MemberCheck {
    /** The maximum length of a file name that file systems accept. */
    private static final int LONGEST_NAME = 255;

    /** The maximum size of an extended attribute that a kernel accepts. */
    private static final int LONGEST_VALUE = 1 << 16;

    private static final char NO_TEXT = '\uFFFD';
    private static final String CAPABILITY = "security.capability";
    /** Versions and lengths of <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities</a>. */
    private static final String VERSION_2 = "02";

    private static final int LENGTH_2 = 20;
    private static final String VERSION_3 = "03";
    private static final int LENGTH_3 = 24;

    private MemberCheck() {}

    static void check(TarEntry entry) {
        checkName(entry);
        checkSparse(entry);
        if (entry.isFile() && !entry.isPlainFile()) {
            throw refused(entry, "has the type '" + entry.type() + "', which nobody unpacks", "leave it out");
        }
        if (entry.declaredSize() != entry.size()) {
            throw refused(
                    entry,
                    "has a size of " + Count.of(entry.declaredSize(), "byte") + ", but its type has no content",
                    "pack it again");
        }
        if (!entry.isDirectory() && entry.name().endsWith("/") && !entry.isLink() && !entry.isSymbolicLink()) {
            throw refused(entry, "is not a directory, but its name ends with '/'", "pack it without");
        }
        checkAttributes(entry);
    }

    /** Checks a sparse file. The oldest format has a type of its own, which is refused. */
    private static void checkSparse(TarEntry entry) {
        SparseMap map = entry.map();
        if (entry.isSparse() && map == null) {
            throw refused(entry, "is a sparse file", "pack it without --sparse, or with --format=posix");
        }
        if (map != null && map.stored() != entry.size()) {
            throw refused(
                    entry,
                    "is a sparse file with pieces of " + Count.of(map.stored(), "byte") + ", of which there are "
                            + entry.size(),
                    "pack it again");
        }
    }

    private static void checkName(TarEntry entry) {
        if (entry.name().indexOf(NO_TEXT) >= 0 || entry.linkName().indexOf(NO_TEXT) >= 0) {
            throw refused(entry, "has a name that is not UTF-8 text", "pack it under another one");
        }
        for (String name : entry.name().split("/", -1)) {
            if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                throw refused(entry, "has a name of more than " + LONGEST_NAME + " bytes", "pack it under another one");
            }
        }
    }

    private static void checkAttributes(TarEntry entry) {
        boolean canHave = entry.isFile() || entry.isDirectory() || entry.isLink();
        if (entry.attributes().hasUserDefined() && !canHave) {
            throw refused(
                    entry,
                    "has the extended attributes " + entry.attributes()
                            + ", but only files and directories can have those of 'user'",
                    "pack it without");
        }
        for (Map.Entry<String, String> attribute : entry.attributes().values().entrySet()) {
            checkAttribute(entry, attribute.getKey(), attribute.getValue());
        }
        String capability = entry.attributes().values().get(CAPABILITY);
        if (capability != null && !isCapability(capability)) {
            throw refused(entry, "has an extended attribute " + CAPABILITY + " that makes no sense", "pack it without");
        }
    }

    /** Refuses attributes that file systems do not accept. Each character of a value is a byte. */
    private static void checkAttribute(TarEntry entry, String name, String value) {
        if (name.equals("user.") || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw refused(
                    entry,
                    "has an extended attribute whose name is " + (name.equals("user.") ? "empty" : "too long"),
                    "pack it without");
        }
        if (value.length() > LONGEST_VALUE) {
            throw refused(
                    entry,
                    "has an extended attribute " + name + " of more than " + LONGEST_VALUE + " bytes",
                    "pack it without");
        }
    }

    private static boolean isCapability(@Nullable String value) {
        byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.ISO_8859_1);
        String version = bytes.length < 4 ? "" : HexFormat.of().formatHex(bytes, 3, 4);
        return (version.equals(VERSION_2) && bytes.length == LENGTH_2)
                || (version.equals(VERSION_3) && bytes.length == LENGTH_3);
    }

    private static StepException refused(TarEntry entry, String why, String fix) {
        return new StepException("'" + entry.name() + "' in the archive " + why, fix);
    }
}
