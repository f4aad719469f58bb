package io.sealos.internal.overlay;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The attributes of a given file, or of a directory above given files. Immutable. */
record GivenAttributes(boolean isDirectory, int mode, long size) implements PosixFileAttributes {
    static final GivenAttributes DIRECTORY = new GivenAttributes(true, 0755, 0);

    private static final FileTime TIME = FileTime.fromMillis(0);
    private static final Owner ROOT = new Owner("root");

    private record Owner(String getName) implements GroupPrincipal {}

    /** {@return the attributes of a file} */
    static GivenAttributes ofFile(GivenFile.Content file) {
        return new GivenAttributes(false, file.mode(), file.content().size());
    }

    /** {@return the attributes with the names of a list, such as {@code size,isDirectory} or {@code posix:*}} */
    Map<String, Object> named(String list) {
        String names = list.substring(list.indexOf(':') + 1);
        String view = list.indexOf(':') < 0 ? "basic" : list.substring(0, list.indexOf(':'));
        if (!Set.of("basic", "owner", "posix").contains(view)) {
            throw new UnsupportedOperationException("attributes '" + list + "' of a given file");
        }
        Map<String, Object> all = new LinkedHashMap<>();
        values().forEach((name, value) -> {
            boolean isPosix = List.of("permissions", "owner", "group").contains(name);
            if (view.equals("posix") || (view.equals("owner") ? name.equals("owner") : !isPosix)) {
                all.put(name, value.get());
            }
        });
        if (!List.of(names.split(",", -1)).contains("*")) {
            List<String> asked = List.of(names.split(",", -1));
            if (!all.keySet().containsAll(asked)) {
                throw new IllegalArgumentException("attributes '" + list + "' of a given file");
            }
            all.keySet().retainAll(asked);
        }
        return all;
    }

    private Map<String, Supplier<Object>> values() {
        Map<String, Supplier<Object>> values = new LinkedHashMap<>();
        values.put("lastModifiedTime", this::lastModifiedTime);
        values.put("lastAccessTime", this::lastAccessTime);
        values.put("creationTime", this::creationTime);
        values.put("size", this::size);
        values.put("isRegularFile", this::isRegularFile);
        values.put("isDirectory", this::isDirectory);
        values.put("isSymbolicLink", this::isSymbolicLink);
        values.put("isOther", this::isOther);
        values.put("permissions", this::permissions);
        values.put("owner", this::owner);
        values.put("group", this::group);
        return values;
    }

    @Override
    public UserPrincipal owner() {
        return ROOT;
    }

    @Override
    public GroupPrincipal group() {
        return ROOT;
    }

    @Override
    public Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & (1 << (all.length - 1 - i))) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }

    @Override
    public FileTime lastModifiedTime() {
        return TIME;
    }

    @Override
    public FileTime lastAccessTime() {
        return TIME;
    }

    @Override
    public FileTime creationTime() {
        return TIME;
    }

    @Override
    public boolean isRegularFile() {
        return !isDirectory;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public @Nullable Object fileKey() {
        return null;
    }
}
