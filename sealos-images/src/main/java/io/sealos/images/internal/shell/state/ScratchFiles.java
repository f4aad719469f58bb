package io.sealos.images.internal.shell.state;

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

    /** The text of a file that a script wrote; the doubt says how it may differ, or is empty. */
    private record Written(String text, String doubt) {}

    final WorkLimit work;
    private final ShellFiles image;
    private final Map<String, Written> written = new LinkedHashMap<>();
    private final Map<String, String> copies = new LinkedHashMap<>();
    private final Set<String> directories = new LinkedHashSet<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private boolean mayHaveMore;
    private String fetched = "";

    public ScratchFiles(ShellFiles image) {
        this(image, new WorkLimit());
    }

    private ScratchFiles(ShellFiles image, WorkLimit work) {
        this.image = image;
        this.work = work;
    }

    ScratchFiles copy() {
        ScratchFiles copy = new ScratchFiles(image, work);
        copy.written.putAll(written);
        copy.copies.putAll(copies);
        copy.directories.addAll(directories);
        copy.asked.addAll(asked);
        copy.mayHaveMore = mayHaveMore;
        copy.fetched = fetched;
        return copy;
    }

    public void takeFrom(ScratchFiles other) {
        written.putAll(other.written);
        copies.putAll(other.copies);
        directories.addAll(other.directories);
        asked.addAll(other.asked);
        mayHaveMore |= other.mayHaveMore;
        fetched = other.fetched;
    }

    public List<Object> key() {
        return List.of(written, copies, directories, mayHaveMore);
    }

    /** Writes a file; the doubt says what may be different in it, or is empty. */
    public void write(String path, String text, String doubt) {
        if (written.size() < MAX_FILES) {
            written.put(path, new Written(text, doubt));
        }
    }

    public void link(String path, String original) {
        if (copies.size() < MAX_FILES) {
            copies.put(path, original(original));
        }
    }

    /** Makes a directory with those above it. */
    public void makeDirectory(String path) {
        if (directories.size() < MAX_FILES && !path.equals("/") && directories.add(path)) {
            makeDirectory(ImagePath.parent(path));
        }
    }

    /** From now on there may be files that nobody here knows. */
    public void expectMore(String address) {
        mayHaveMore = true;
        fetched = address.isEmpty() ? fetched : address;
    }

    /** The address from which files were fetched that nobody here knows; empty if there is none. */
    public String fetchedFrom() {
        return fetched;
    }

    /** Remembers that the script asks whether there is such a file. */
    public void ask(String path) {
        asked.add(path);
    }

    /** Whether the script asks for the file before it uses it. */
    public boolean isAskedFor(String path) {
        return asked.stream().anyMatch(it -> ImagePath.isBelow(path, it));
    }

    /** Whether it is certain that there is no such file or directory, unless it is elsewhere on the machine. */
    public boolean lacks(String path) {
        return !mayHaveMore && !exists(path);
    }

    /** Whether it is a directory. */
    public boolean isDirectory(String path) {
        return directories.contains(path) || image.isDirectory(original(path));
    }

    /** Whether the script itself wrote the file. */
    public boolean isWritten(String path) {
        return written.containsKey(path);
    }

    /** How the text of a file may differ; empty if it does not. */
    public String doubt(String path) {
        Written file = written.get(path);
        return file == null ? "" : file.doubt();
    }

    /** The files below a directory that the script wrote. */
    public Set<String> writtenBelow(String directory) {
        Set<String> below = new LinkedHashSet<>(written.keySet());
        below.removeIf(path -> !ImagePath.isBelow(path, directory));
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

    /** Whether there is such a file or directory. */
    public boolean exists(String path) {
        return written.containsKey(path) || directories.contains(path) || image.exists(original(path));
    }

    /** The names in a directory, sorted; empty if it is none. */
    public List<String> names(String directory) {
        List<String> given = image.names(original(directory));
        Set<String> names = new TreeSet<>();
        for (String path : written.keySet()) {
            if (ImagePath.parent(path).equals(directory)) {
                names.add(ImagePath.name(path));
            }
        }
        Set<String> made = new LinkedHashSet<>(directories);
        made.addAll(copies.keySet());
        for (String path : made) {
            if (!path.equals("/") && ImagePath.parent(path).equals(directory)) {
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
