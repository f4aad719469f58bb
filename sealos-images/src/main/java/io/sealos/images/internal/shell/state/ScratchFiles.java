package io.sealos.images.internal.shell.state;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The files of the image, together with those that a script has written, copied and changed so far. */
public final class ScratchFiles {
    private static final int MAX_FILES = 1000;

    /**
     * A file that a script has written.
     *
     * @param text the text
     * @param doubt how the text may differ, or an empty string
     */
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

    /**
     * Writes a file.
     *
     * @param path the path
     * @param text the text
     * @param doubt how the text may differ, or an empty string
     */
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

    /** Creates a directory and its parents. */
    public void makeDirectory(String path) {
        if (directories.size() < MAX_FILES && !path.equals("/") && directories.add(path)) {
            makeDirectory(ImagePath.parent(path));
        }
    }

    /** Records that files which are not known may exist from now on. */
    public void expectMore(String address) {
        mayHaveMore = true;
        fetched = address.isEmpty() ? fetched : address;
    }

    /** {@return the address from which unknown files were downloaded; an empty string if there is none} */
    public String fetchedFrom() {
        return fetched;
    }

    /** Records that the script tests whether a file exists. */
    public void ask(String path) {
        asked.add(path);
    }

    /** {@return whether the script tests whether the file exists before it uses it} */
    public boolean isAskedFor(String path) {
        return asked.stream().anyMatch(it -> ImagePath.isBelow(path, it));
    }

    /**
     * {@return whether it is certain that the file or directory does not exist, except possibly elsewhere on the
     * machine}
     */
    public boolean lacks(String path) {
        return !mayHaveMore && !exists(path);
    }

    /** {@return whether the path is a directory} */
    public boolean isDirectory(String path) {
        return directories.contains(path) || image.isDirectory(original(path));
    }

    /** {@return whether the script itself has written the file} */
    public boolean isWritten(String path) {
        return written.containsKey(path);
    }

    /** {@return how the text of a file may differ; an empty string if it does not} */
    public String doubt(String path) {
        Written file = written.get(path);
        return file == null ? "" : file.doubt();
    }

    /** {@return the files below a directory that the script has written} */
    public Set<String> writtenBelow(String directory) {
        Set<String> below = new LinkedHashSet<>(written.keySet());
        below.removeIf(path -> !ImagePath.isBelow(path, directory));
        return below;
    }

    /** {@return the path of the file in the image; for a copy, the path of its original} */
    public String original(String path) {
        for (Map.Entry<String, String> copy : copies.entrySet()) {
            if (ImagePath.isBelow(path, copy.getKey())) {
                return copy.getValue() + path.substring(copy.getKey().length());
            }
        }
        return path;
    }

    /** {@return the text of a file, or null} Marks are removed from the text of files of the image. */
    public @Nullable String text(String path) {
        Written file = written.get(path);
        String text = file == null ? image.text(original(path)) : file.text();
        return text == null || file != null ? text : Unknowns.without(text);
    }

    /** {@return whether the file or directory exists} */
    public boolean exists(String path) {
        return written.containsKey(path) || directories.contains(path) || image.exists(original(path));
    }

    /** {@return the names in a directory, sorted; empty if the path is not a directory} */
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
