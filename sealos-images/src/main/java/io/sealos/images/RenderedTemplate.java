package io.sealos.images;

import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.template.TemplateFiles;
import io.sealos.images.internal.template.TemplateText;
import io.sealos.internal.text.Count;
import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A template of a context directory, which is a file in {@code etc}, {@code scripts} or {@code manifests} whose name
 * ends in {@code .tmpl}, with the text that sealos writes in its place, or the reason why sealos refuses it. Immutable
 * and thread-safe.
 *
 * @since 0.1.0
 */
public final class RenderedTemplate {
    private final String template;
    private final String text;
    private final String failure;
    private final int line;
    private final SortedSet<String> varying;

    RenderedTemplate(String template, String text, String failure, int line, SortedSet<String> varying) {
        this.template = template;
        this.text = text;
        this.failure = Printable.message(failure);
        this.line = line;
        this.varying = Collections.unmodifiableSortedSet(new TreeSet<>(varying));
    }

    /** {@return all templates of a directory, in the order in which sealos renders them} */
    static List<RenderedTemplate> all(ContextFiles files, TemplateFiles templates) throws IOException {
        List<RenderedTemplate> all = new ArrayList<>();
        for (Path file : templates.all()) {
            TemplateText text = templates.render(file);
            all.add(new RenderedTemplate(files.name(file), text.text(), text.failure(), text.line(), text.varying()));
        }
        return List.copyOf(all);
    }

    /** {@return the file of the template, relative to the context directory and with slashes} */
    public String template() {
        return template;
    }

    /** {@return the file to which sealos writes the text, relative to the root of the image and with slashes} */
    public String path() {
        return template.substring(0, template.length() - ".tmpl".length());
    }

    /** {@return the text, with the line ends of the template; empty if the template does not render} */
    public Optional<String> text() {
        return failure.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** {@return the reason why the template does not render, a clause without its place; empty if it renders} */
    public Optional<String> failure() {
        return Optional.of(failure).filter(it -> !it.isEmpty());
    }

    /** {@return the line of the template at which it does not render, from 1, or 0 if it is unknown or it renders} */
    public int line() {
        return line;
    }

    /**
     * {@return the functions of the template whose results differ each time, such as {@code now} and {@code uuidv4}} If
     * there are any, sealos writes another text than {@link #text()}.
     */
    public SortedSet<String> varyingFunctions() {
        return varying;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RenderedTemplate that
                && template.equals(that.template)
                && text.equals(that.text)
                && failure.equals(that.failure)
                && line == that.line
                && varying.equals(that.varying);
    }

    @Override
    public int hashCode() {
        return Objects.hash(template, text, failure, line, varying);
    }

    /**
     * {@return the template, and the line and the failure in the format of compiler messages, or the size of the text}
     */
    @Override
    public String toString() {
        String place = Printable.of(template) + (line > 0 ? ":" + line : "");
        return place + ": " + (failure.isEmpty() ? Count.of(text.length(), "character") : failure);
    }
}
