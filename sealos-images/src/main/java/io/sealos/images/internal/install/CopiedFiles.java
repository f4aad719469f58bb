package io.sealos.images.internal.install;

import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.ShellFiles;
import io.sealos.internal.files.SlashPath;
import io.sealos.internal.text.GlobPattern;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the image that COPY and ADD bring from the context directory. Links that lead out of it are not
 * followed.
 */
final class CopiedFiles implements ShellFiles {
    private static final int LARGEST = 1 << 20;
    /** The largest number of files that all commands may apply, which takes at most a minute. */
    private static final int MOST_APPLIED = 100_000;

    private static final int MOST_PLACES = 100_000;
    private static final String WILDCARDS = "*?[\\";
    /** The files that sealos renders from a template before a command runs. */
    private static final Pattern RENDERED = Pattern.compile("/(etc|scripts|manifests)/.*");

    private static final String TEMPLATE = ".tmpl";

    /** A file or directory of the context directory with its path in the image. */
    private record Place(String image, Path context) {}

    /** Files that come from another image, with their path in this one. */
    private record Elsewhere(String image, String source) {}

    private final Path root;
    private final ContextFiles context;
    private final List<Elsewhere> elsewhere = new ArrayList<>();
    private final Map<String, List<Path>> matches = new HashMap<>();
    private final Map<Integer, List<Place>> ofStages = new HashMap<>();
    private final List<Place> places;
    private final Map<Integer, String> read = new HashMap<>();
    private final Map<String, List<String>> names = new HashMap<>();
    private final RenderedFiles rendered;
    private int applied;

    CopiedFiles(Path root, KubefileEvaluation evaluation, RenderedFiles rendered) throws IOException {
        this.root = root;
        this.rendered = rendered;
        this.context = new ContextFiles(root);
        this.places = places(evaluation, evaluation.target());
    }

    /** {@return the places of a stage} They are cached, because a stage may be copied from many times. */
    private List<Place> places(KubefileEvaluation evaluation, Stage stage) throws IOException {
        List<Place> known = ofStages.get(stage.index());
        if (known == null) {
            known = newPlaces(evaluation, stage);
            ofStages.put(stage.index(), known);
        }
        return known;
    }

    private List<Place> newPlaces(KubefileEvaluation evaluation, Stage stage) throws IOException {
        Places places = new Places();
        if (stage.baseStage().isPresent()) {
            places(evaluation, stage.baseStage().get()).forEach(places::add);
        } else if (!stage.isFromScratch()) {
            elsewhere.add(new Elsewhere("/", stage.base()));
        }
        for (Object step : stage.steps()) {
            if (step instanceof CopyStep copy) {
                addAll(places, copy, evaluation);
            }
        }
        return List.copyOf(places.all);
    }

    private void addAll(Places places, CopyStep copy, KubefileEvaluation evaluation) throws IOException {
        String target = ImagePath.resolve("/", copy.destination());
        List<Place> sources = new ArrayList<>();
        if (copy.fromStage().isPresent()) {
            int index = copy.fromStage().getAsInt();
            for (Stage stage : evaluation.stages()) {
                if (stage.index() == index) {
                    fromStage(sources, copy, places(evaluation, stage));
                }
            }
        } else if (copy.from().isEmpty()) {
            fromContext(sources, copy);
        }
        fromElsewhere(copy);
        boolean directory =
                copy.destination().endsWith("/") || sources.size() > 1 || places.directories.contains(target);
        for (Place source : sources) {
            boolean into = directory && !Files.isDirectory(source.context());
            places.add(new Place(into ? ImagePath.resolve(target, name(source.context())) : target, source.context()));
        }
    }

    private void fromElsewhere(CopyStep copy) {
        if (copy.fromStage().isEmpty() && copy.from().isPresent()) {
            elsewhere.add(new Elsewhere(
                    ImagePath.resolve("/", copy.destination()), copy.from().get()));
        }
    }

    /**
     * {@return the image from which a file may come that is not in the context directory; an empty string if there is
     * none}
     */
    String otherImage(String path) {
        return elsewhere.stream()
                .filter(it -> ImagePath.isBelow(path, it.image()))
                .map(Elsewhere::source)
                .reduce("", (first, last) -> last);
    }

    /** The places in their order, with the directories that they create. */
    private static final class Places {
        private final Set<Place> all = new LinkedHashSet<>();
        private final Set<String> directories = new HashSet<>();

        /** Adds a place. Places beyond the limit are treated as unknown files. */
        void add(Place place) {
            all.remove(place);
            if (all.size() >= MOST_PLACES) {
                return;
            }
            all.add(place);
            String image = place.image();
            if (Files.isDirectory(place.context())) {
                directories.add(image);
            }
            for (int slash = image.lastIndexOf('/'); slash > 0; slash = image.lastIndexOf('/', slash - 1)) {
                if (!directories.add(image.substring(0, slash))) {
                    return;
                }
            }
        }
    }

    private void fromContext(List<Place> sources, CopyStep copy) throws IOException {
        for (String source : copy.sources()) {
            List<Path> paths = matches.get(source);
            if (paths == null) {
                paths = matching(source);
                matches.put(source, paths);
            }
            paths.forEach(path -> sources.add(new Place("", path)));
        }
    }

    /** {@return the files that match a source of COPY, without those outside the context directory} */
    private List<Path> matching(String source) throws IOException {
        List<Path> found = List.of(root);
        for (String name : source.split("/", -1)) {
            List<Path> next = new ArrayList<>();
            for (Path directory : found) {
                next.addAll(name.isEmpty() || name.equals(".") ? List.of(directory) : entries(directory, name));
            }
            found = next;
        }
        return found;
    }

    private List<Path> entries(Path directory, String name) throws IOException {
        if (!Files.isDirectory(directory) || name.equals("..") || !context.isInside(directory)) {
            return List.of();
        }
        if (isPath(name) && name.chars().noneMatch(c -> WILDCARDS.indexOf(c) >= 0)) {
            Path entry = directory.resolve(name);
            return Files.exists(entry, LinkOption.NOFOLLOW_LINKS) && context.isInside(entry)
                    ? List.of(entry)
                    : List.of();
        }
        GlobPattern glob = GlobPattern.ofShell(name);
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(it -> glob.matches(name(it)) && context.isInside(it))
                    .sorted()
                    .toList();
        }
    }

    private void fromStage(List<Place> sources, CopyStep copy, List<Place> stage) {
        for (String source : copy.sources()) {
            String wanted = ImagePath.resolve("/", source);
            if (!isPath(wanted)) {
                continue;
            }
            for (Place place : stage) {
                if (ImagePath.isBelow(wanted, place.image())) {
                    Path path = below(place, wanted);
                    if (Files.exists(path)) {
                        sources.add(new Place("", path));
                    }
                }
            }
        }
    }

    /** {@return whether the text can be a path} No path has a NUL character or, on Windows, a colon or a backslash. */
    private boolean isPath(String text) {
        try {
            String relative = text.startsWith("/") ? text.substring(1) : text;
            return text.equals("/")
                    || !SlashPath.of(root.getFileSystem(), relative).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static Path below(Place place, String path) {
        String rest =
                path.substring(place.image().equals("/") ? 1 : place.image().length());
        return place.context().resolve(rest.startsWith("/") ? rest.substring(1) : rest);
    }

    /** {@return the file or directory of the context directory that is at this path of the image, or null} */
    @Nullable
    Path inContext(String path) {
        if (!isPath(path)) {
            return null;
        }
        for (int i = places.size() - 1; i >= 0; i--) {
            Place place = places.get(i);
            if (ImagePath.isBelow(path, place.image())) {
                Path file = below(place, path);
                if (Files.exists(file) && context.isInside(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    /** {@return the template from which sealos renders the file at this path of the image, or null} */
    private @Nullable Path template(String path) {
        Path template = RENDERED.matcher(path).matches() ? inContext(path + TEMPLATE) : null;
        return template == null || Files.isDirectory(template) ? null : template;
    }

    /** {@return whether sealos renders the file at this path of the image from a template} */
    boolean isRendered(String path) {
        return template(path) != null;
    }

    /**
     * {@return the file of the context directory whose text is at this path of the image, which may be a template, or
     * null}
     */
    @Nullable
    Path source(String path) {
        Path template = template(path);
        return template == null ? inContext(path) : template;
    }

    @Override
    public boolean exists(String path) {
        return source(path) != null || !names(path).isEmpty();
    }

    @Override
    public boolean isDirectory(String path) {
        Path file = source(path);
        return file == null ? !names(path).isEmpty() : Files.isDirectory(file);
    }

    @Override
    public @Nullable String text(String path) {
        try {
            Path template = template(path);
            return template == null ? copiedText(path) : renderedText(path, template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String renderedText(String path, Path template) throws IOException {
        String text = rendered.text(template).orElse(null);
        return text == null || text.length() > LARGEST ? null : remembered(path, text);
    }

    private @Nullable String copiedText(String path) throws IOException {
        Path file = inContext(path);
        if (file == null || !Files.isRegularFile(file)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            boolean binary = bytes.length > 3 && bytes[0] == 0x7f && bytes[1] == 'E';
            return bytes.length > LARGEST || binary
                    ? null
                    : remembered(path, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /**
     * Counts a file that a command applies.
     *
     * @return false if there are too many
     */
    boolean mayApplyMore() {
        return ++applied <= MOST_APPLIED;
    }

    private String remembered(String path, String text) {
        read.putIfAbsent(text.hashCode(), path);
        return text;
    }

    /** {@return the path of a file that has been read and has exactly this text; null if there is none} */
    @Nullable
    String origin(String text) {
        String path = read.get(text.hashCode());
        return path != null && text.equals(text(path)) ? path : null;
    }

    private List<Path> contained(Path directory) {
        try {
            return entries(directory, "*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> names(String directory) {
        return isPath(directory) ? names.computeIfAbsent(directory, this::listed) : List.of();
    }

    private List<String> listed(String directory) {
        Set<String> found = new TreeSet<>();
        String prefix = directory.equals("/") ? "/" : directory + "/";
        for (Place place : places) {
            if (place.image().startsWith(prefix) && !place.image().equals(prefix)) {
                String rest = place.image().substring(prefix.length());
                found.add(rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest);
            } else if (ImagePath.isBelow(directory, place.image())) {
                contained(below(place, directory)).forEach(it -> found.add(name(it)));
            }
        }
        rendered(directory, found);
        return List.copyOf(found);
    }

    /** Adds the names of the files that are rendered from the templates of a directory. */
    private static void rendered(String directory, Set<String> names) {
        if (RENDERED.matcher(directory + "/").matches()) {
            List.copyOf(names).stream()
                    .filter(it -> it.endsWith(TEMPLATE) && !it.equals(TEMPLATE))
                    .forEach(it -> names.add(it.substring(0, it.length() - TEMPLATE.length())));
        }
    }
}
