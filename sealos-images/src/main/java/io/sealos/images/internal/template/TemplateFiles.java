package io.sealos.images.internal.template;

import io.sealos.images.ChartRenderRequest;
import io.sealos.images.ChartRenderer;
import io.sealos.images.StandardDirectory;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.internal.template.TemplateSyntax;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The templates of a context directory, which sealos renders before any command runs: etc, then scripts, then
 * manifests, each in the order of the names. All of them are parsed into one template, so that a template sees the
 * definitions of those before it, and one without a text of its own gets the text of the one before it.
 */
public final class TemplateFiles implements AutoCloseable {
    /** The suffix of the name of a template, which sealos recognizes in lower case only. */
    public static final String SUFFIX = ".tmpl";

    private static final long MAX_SIZE = 8L * 1024 * 1024;
    private static final List<String> DIRECTORIES =
            List.of(StandardDirectory.ETC, StandardDirectory.SCRIPTS, StandardDirectory.MANIFESTS);

    /**
     * A template before it is rendered.
     *
     * @param source the text that is rendered, which may be that of the template before
     * @param own whether the text is that of the file
     * @param earlier the definitions of the templates before it
     * @param failure why the file could not be read, or an empty text
     */
    private record Prepared(String source, boolean own, String earlier, String failure) {}

    private final ContextFiles files;
    private final Map<String, String> environment;
    private final TemplateEngine engine;
    private final Map<Path, TemplateText> rendered = new HashMap<>();
    private @Nullable Map<Path, Prepared> standard;

    /**
     * Creates the templates of a context directory. Nothing is read before it is needed.
     *
     * @param environment the environment variables of the image
     * @param requests makes a request for a chart
     */
    public TemplateFiles(
            ContextFiles files,
            Map<String, String> environment,
            ChartRenderer renderer,
            Function<Path, ChartRenderRequest> requests) {
        this.files = files;
        this.environment = environment;
        this.engine = new TemplateEngine(renderer, requests, environment);
    }

    /** {@return whether a file is a template} A file without an action is rendered to its own text. */
    public static boolean isTemplate(Path file) {
        return file.toString().endsWith(SUFFIX);
    }

    /** {@return the path of the file that a template is rendered to} */
    public static Path target(Path template) {
        String name = String.valueOf(template.getFileName());
        return template.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** {@return the templates of the context directory, in the order in which sealos renders them} */
    public List<Path> all() throws IOException {
        return List.copyOf(standard().keySet());
    }

    /** {@return the text of a template, or why it does not render} */
    public TemplateText render(Path file) throws IOException {
        TemplateText known = rendered.get(file);
        if (known == null) {
            Prepared prepared = prepared(file);
            known = render(prepared, prepared.source());
            rendered.put(file, known);
        }
        return known;
    }

    /** {@return the variables that a template prints and nothing sets} */
    public UnsetVariables unset(Path file) throws IOException {
        return new UnsetVariables(prepared(file).source(), environment.keySet());
    }

    /** {@return the text of a template in which the variables that nothing sets are replaced with marks} */
    public TemplateText render(Path file, UnsetVariables unset) throws IOException {
        Prepared prepared = prepared(file);
        return unset.marked().equals(prepared.source()) ? render(file) : render(prepared, unset.marked());
    }

    /** {@return the lines of a template; none if it gets the text of another one} */
    public TemplateLines lines(Path file) throws IOException {
        Prepared prepared = prepared(file);
        return new TemplateLines(prepared.own() ? prepared.source() : "");
    }

    private TemplateText render(Prepared prepared, String source) throws IOException {
        return prepared.failure().isEmpty()
                ? engine.render(source, prepared.earlier())
                : new TemplateText("", prepared.failure(), 0, false, new TreeSet<>());
    }

    private Prepared prepared(Path file) throws IOException {
        Prepared known = standard().get(file);
        return known == null ? read(file, "") : known;
    }

    private Map<Path, Prepared> standard() throws IOException {
        if (standard == null) {
            standard = prepareAll();
        }
        return standard;
    }

    private Map<Path, Prepared> prepareAll() throws IOException {
        Map<Path, Prepared> all = new LinkedHashMap<>();
        Definitions definitions = new Definitions();
        String before = "";
        for (Path file : inOrder()) {
            Prepared read = read(file, definitions.text());
            boolean empty = TemplateSyntax.of(read.source()).isEmpty();
            boolean own = !empty || before.isEmpty();
            all.put(file, own ? read : new Prepared(before, false, read.earlier(), read.failure()));
            definitions.add(new RewrittenTemplate(read.source(), environment.keySet()).text());
            before = own && read.failure().isEmpty() ? read.source() : before;
        }
        return all;
    }

    private List<Path> inOrder() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String directory : DIRECTORIES) {
            files.below(directory).stream()
                    .filter(TemplateFiles::isTemplate)
                    .sorted(Comparator.comparing(it -> files.name(it).replace('/', '\0')))
                    .forEach(all::add);
        }
        return all;
    }

    private static Prepared read(Path file, String earlier) throws IOException {
        if (file.endsWith(SUFFIX)) {
            return new Prepared(
                    "", true, earlier, "it is named just " + SUFFIX + ", and renders to a file without a name");
        }
        if (!Files.isRegularFile(file)) {
            return new Prepared("", true, earlier, "it is not a regular file");
        }
        if (Files.size(file) > MAX_SIZE) {
            return new Prepared("", true, earlier, "it is larger than " + MAX_SIZE + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return new Prepared(text, true, earlier, "");
        } catch (CharacterCodingException e) {
            return new Prepared("", true, earlier, "it is not encoded in UTF-8");
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
