package io.sealos.oci;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Generated images of one to four layers, with files, links, hard links, whiteouts and opaque directories at few paths,
 * so that they often meet.
 */
final class MergePairs {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int DEEPEST = 3;

    private final Random random;

    private MergePairs(long seed) {
        this.random = new Random(seed);
    }

    /** Two or three images; in half of the cases they have their lowest layers in common. */
    static List<TestBase> of(long seed) throws IOException {
        return new MergePairs(seed).images();
    }

    private List<TestBase> images() throws IOException {
        List<List<String>> common = new ArrayList<>();
        SortedMap<String, Character> state = new TreeMap<>();
        for (int i = random.nextBoolean() ? 0 : 1 + random.nextInt(2); i > 0; i--) {
            common.add(layer(state));
        }
        List<TestBase> images = new ArrayList<>();
        for (int i = random.nextInt(4) == 0 ? 3 : 2; i > 0; i--) {
            TestBase image = TestBase.oci();
            for (List<String> layer : common) {
                add(image, layer);
            }
            SortedMap<String, Character> own = new TreeMap<>(state);
            for (int layers = 1 + random.nextInt(2); layers > 0; layers--) {
                add(image, layer(own));
            }
            images.add(image);
        }
        return images;
    }

    private void add(TestBase image, List<String> layer) throws IOException {
        image.layer(
                random.nextBoolean() ? LayerCompression.NONE : LayerCompression.GZIP,
                TestBase.tar(layer.toArray(String[]::new)));
    }

    /** The entries of a layer above the paths of the state, which is updated: a kind for each path. */
    private List<String> layer(SortedMap<String, Character> state) {
        SortedMap<String, Character> before = new TreeMap<>(state);
        Set<String> touched = new LinkedHashSet<>();
        List<String> files = new ArrayList<>();
        List<String> entries = new ArrayList<>();
        for (int i = 3 + random.nextInt(8); i > 0; i--) {
            String path = path();
            if (isFree(path, touched) && hasParent(path, state)) {
                touched.add(path);
                entries.add(entry(path, before, state, files));
            }
        }
        return entries;
    }

    /** A path of which neither a directory above nor an entry below was touched. */
    private static boolean isFree(String path, Set<String> touched) {
        return touched.stream()
                .noneMatch(other -> other.equals(path) || other.startsWith(path + "/") || path.startsWith(other + "/"));
    }

    private static boolean hasParent(String path, SortedMap<String, Character> state) {
        int slash = path.lastIndexOf('/');
        return slash < 0 || state.getOrDefault(path.substring(0, slash), '-') == 'd';
    }

    private String path() {
        return String.join(
                "/",
                Stream.generate(() -> NAMES.get(random.nextInt(NAMES.size())))
                        .limit(1 + random.nextInt(DEEPEST))
                        .toList());
    }

    private String entry(
            String path, SortedMap<String, Character> before, SortedMap<String, Character> state, List<String> files) {
        boolean existed = before.containsKey(path);
        boolean directory = before.getOrDefault(path, '-') == 'd';
        int choice = random.nextInt(10);
        if (existed && choice < 3) {
            remove(path, state);
            int slash = path.lastIndexOf('/') + 1;
            return "f 0644 0:0 " + path.substring(0, slash) + ".wh." + path.substring(slash);
        }
        if (directory && choice < 5) {
            remove(path, state);
            state.put(path, 'd');
            return "f 0644 0:0 " + path + "/.wh..wh..opq";
        }
        return added(path, choice, directory, state, files);
    }

    private String added(
            String path, int choice, boolean directory, SortedMap<String, Character> state, List<String> files) {
        if (directory || choice > 5) {
            state.put(path, 'd');
            return "d 0" + (random.nextBoolean() ? "755 0:0 " : "710 1:2 ") + path + "/";
        }
        remove(path, state);
        state.put(path, 'f');
        if (choice == 5) {
            return "l 0777 0:0 " + path + " " + (random.nextBoolean() ? "/" : "") + path();
        }
        if (choice == 4 && !files.isEmpty()) {
            return "h 0644 0:0 " + path + " " + files.get(random.nextInt(files.size()));
        }
        files.add(path);
        return "f 0644 0:0 " + path + " " + random.nextInt(5);
    }

    private static void remove(String path, SortedMap<String, Character> state) {
        state.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "/"));
    }
}
