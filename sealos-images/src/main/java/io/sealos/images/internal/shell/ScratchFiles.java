package io.sealos.images.internal.shell;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The image's files together with what a script has written, copied and changed so far. */
public final class ScratchFiles {
    private static final int MAX_FILES = 1000;

    /** What a script wrote; the doubt says what may be different in it, or is empty. */
    private record Written(String text, String doubt) {}

    final Work work;
    private final ShellFiles image;
    private final Map<String, Written> written = new LinkedHashMap<>();
    private final Map<String, String> copies = new LinkedHashMap<>();
    private final Set<String> folders = new LinkedHashSet<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private boolean mayHaveMore;
    private String fetched = "";

    ScratchFiles(ShellFiles image) {
        this(image, new Work());
    }

    private ScratchFiles(ShellFiles image, Work work) {
        this.image = image;
        this.work = work;
    }

    ScratchFiles copy() {
        ScratchFiles copy = new ScratchFiles(image, work);
        copy.written.putAll(written);
        copy.copies.putAll(copies);
        copy.folders.addAll(folders);
        copy.asked.addAll(asked);
        copy.mayHaveMore = mayHaveMore;
        copy.fetched = fetched;
        return copy;
    }

    void takeFrom(ScratchFiles other) {
        written.putAll(other.written);
        copies.putAll(other.copies);
        folders.addAll(other.folders);
        asked.addAll(other.asked);
        mayHaveMore |= other.mayHaveMore;
        fetched = other.fetched;
    }

    List<Object> key() {
        return List.of(written, copies, folders, mayHaveMore);
    }

    /** Writes a file; the doubt says what may be different in it, or is empty. */
    public void write(String path, String text, String doubt) {
        if (written.size() < MAX_FILES) {
            written.put(path, new Written(text, doubt));
        }
    }

    void link(String path, String original) {
        if (copies.size() < MAX_FILES) {
            copies.put(path, original(original));
        }
    }

    /** Makes a folder with those above it. */
    public void makeFolder(String path) {
        if (folders.size() < MAX_FILES && !path.equals("/") && folders.add(path)) {
            makeFolder(ImagePath.parent(path));
        }
    }

    /** From now on there may be files that nobody here knows. */
    void expectMore(String address) {
        mayHaveMore = true;
        fetched = address.isEmpty() ? fetched : address;
    }

    /** The address from which files were fetched that nobody here knows; empty if there is none. */
    public String fetchedFrom() {
        return fetched;
    }

    /** Remembers that the script asks whether there is such a file. */
    void ask(String path) {
        asked.add(path);
    }

    /** Whether the script asks for the file before it uses it. */
    public boolean isAskedFor(String path) {
        return asked.stream().anyMatch(it -> ImagePath.isBelow(path, it));
    }

    /** Whether it is certain that there is no such file or folder, unless it is elsewhere on the machine. */
    boolean lacks(String path) {
        return !mayHaveMore && !exists(path);
    }

    /** Whether it is a folder. */
    public boolean isFolder(String path) {
        return folders.contains(path) || image.isFolder(original(path));
    }

    /** Whether the script itself wrote the file. */
    public boolean isWritten(String path) {
        return written.containsKey(path);
    }

    /** What the text of a file may be wrong in; empty if it is as it is. */
    public String doubt(String path) {
        Written file = written.get(path);
        return file == null ? "" : file.doubt();
    }

    /** The files below a folder that the script wrote. */
    public Set<String> writtenBelow(String folder) {
        Set<String> below = new LinkedHashSet<>(written.keySet());
        below.removeIf(path -> !ImagePath.isBelow(path, folder));
        return below;
    }

    /** Where the image has what the path means: a copy leads to its original. */
    public String original(String path) {
        for (Map.Entry<String, String> copy : copies.entrySet()) {
            if (ImagePath.isBelow(path, copy.getKey())) {
                return copy.getValue() + path.substring(copy.getKey().length());
            }
        }
        return path;
    }

    /** The text of a file, or null; what the image has brings no marks along. */
    public @Nullable String text(String path) {
        Written file = written.get(path);
        String text = file == null ? image.text(original(path)) : file.text();
        return text == null || file != null ? text : Unknowns.without(text);
    }

    /** Whether there is such a file or folder. */
    public boolean exists(String path) {
        return written.containsKey(path) || folders.contains(path) || image.exists(original(path));
    }

    /** The names in a folder, sorted; empty if it is none. */
    public List<String> names(String folder) {
        List<String> given = image.names(original(folder));
        Set<String> names = new TreeSet<>();
        for (String path : written.keySet()) {
            if (ImagePath.parent(path).equals(folder)) {
                names.add(ImagePath.name(path));
            }
        }
        Set<String> made = new LinkedHashSet<>(folders);
        made.addAll(copies.keySet());
        for (String path : made) {
            if (!path.equals("/") && ImagePath.parent(path).equals(folder)) {
                names.add(ImagePath.name(path));
            }
        }
        work.looked(given.size());
        if (names.isEmpty()) {
            return given;
        }
        names.addAll(given);
        return List.copyOf(names);
    }
}
