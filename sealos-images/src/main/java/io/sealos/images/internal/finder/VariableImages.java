package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Images of which a part is a variable: {@code app:${TAG}}, {@code $(params.image)}. The parameters of the same
 * document may have its value; a variable that nothing sets is a gap where the text is surely an image.
 */
final class VariableImages {
    private static final Pattern VARIABLE = Pattern.compile(
            "\\$\\{\\{([^{}]*)}}|\\$\\{([^{}]*)}|\\$\\(([^()]*)\\)|\\{\\{([^{}]*)}}|\\$([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern LAST_NAME = Pattern.compile("([A-Za-z0-9_-]+)['\"\\])}\\s]*$");
    private static final int LONGEST = 700;

    private final ManifestProblems problems;
    private DocumentParameters parameters = DocumentParameters.NONE;

    VariableImages(ManifestProblems problems) {
        this.problems = problems;
    }

    /** For texts that nobody applies as they are. */
    static VariableImages ofNoOne() {
        return new VariableImages((kind, line, message) -> {});
    }

    /** Whether a text has a variable, which no reference has. */
    static boolean isVariable(String text) {
        return text.length() <= LONGEST && (text.indexOf('$') >= 0 || text.contains("{{"));
    }

    /** The reference that a text is, its variables replaced, if it also has a tag or a digest. */
    Optional<ImageReference> pinned(String text, VisitedMapping mapping, YamlNode place, Confidence confidence) {
        return image(text, mapping, place, confidence, ImageText::pinned);
    }

    /** The reference that a text is, its variables replaced. */
    Optional<ImageReference> reference(String text, VisitedMapping mapping, YamlNode place, Confidence confidence) {
        return image(text, mapping, place, confidence, ImageText::reference);
    }

    private Optional<ImageReference> image(
            String text,
            VisitedMapping mapping,
            YamlNode place,
            Confidence confidence,
            Function<String, Optional<ImageReference>> reader) {
        if (!isVariable(text)) {
            return reader.apply(text);
        }
        parameters = parameters.of(mapping);
        String replaced = replaced(text);
        if (!isVariable(replaced)) {
            return reader.apply(replaced);
        }
        if (confidence.isSaved() && !mapping.isDoubtful()) {
            report(text, mapping, place.line());
        }
        return Optional.empty();
    }

    private String replaced(String text) {
        return VARIABLE.matcher(text).replaceAll(it -> {
            String value = parameters.value(name(it.group()));
            return Matcher.quoteReplacement(value.isEmpty() ? it.group() : value);
        });
    }

    private static String name(String variable) {
        Matcher name = LAST_NAME.matcher(variable);
        return name.find() ? name.group(1) : "";
    }

    private void report(String text, VisitedMapping mapping, int line) {
        boolean declared =
                VARIABLE.matcher(text).results().map(it -> name(it.group())).allMatch(it -> parameters.isDeclared(it));
        boolean template = text.contains("{{");
        if (declared || (mapping.object().isInText() && template)) {
            return;
        }
        // In a text it is for another program, which may set it.
        problems.report(
                mapping.object().isInText() ? Kind.READ_IN_PART : Kind.UNSET,
                line,
                "names an image of which a part is a variable that nothing sets: '" + text.strip() + "'");
    }

    /** Whether whoever reads the objects knows of the kind; others may have such texts for another purpose. */
    static boolean isKnown(ObjectKind kind) {
        return Set.of(ObjectKind.CORE, ObjectKind.CUSTOM).contains(kind);
    }
}
