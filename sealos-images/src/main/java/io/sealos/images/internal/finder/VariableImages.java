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
 * Resolves images of which a part is a variable, such as {@code app:${TAG}} or {@code $(params.image)}. Parameters of
 * the same document may have its value. A variable that nothing sets is a gap if the text is certainly an image.
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

    /** {@return an instance for texts that are not applied directly} */
    static VariableImages ofNoOne() {
        return new VariableImages((kind, line, message) -> {});
    }

    /** {@return whether a text has a variable, which no reference has} */
    static boolean isVariable(String text) {
        return text.length() <= LONGEST && (text.indexOf('$') >= 0 || text.contains("{{"));
    }

    /** {@return the reference in a text with variables replaced; empty if it has neither a tag nor a digest} */
    Optional<ImageReference> pinned(String text, VisitedMapping mapping, YamlNode place, Confidence confidence) {
        return image(text, mapping, place, confidence, ImageText::pinned);
    }

    /** {@return the reference in a text with variables replaced} */
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
        // Inside a text, the variable is for another program, which may set it.
        problems.report(
                mapping.object().isInText() ? Kind.READ_IN_PART : Kind.UNSET,
                line,
                "names an image of which a part is a variable that nothing sets: '" + text.strip() + "'");
    }

    /**
     * {@return whether the meaning of such texts is known for the kind; other kinds may use them for another purpose}
     */
    static boolean isKnown(ObjectKind kind) {
        return Set.of(ObjectKind.CORE, ObjectKind.CUSTOM).contains(kind);
    }
}
