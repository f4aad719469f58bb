package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.finder.SplitImage.Field;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds images in environment variables, in items of {@code env} with a name and a value, and in parameters of tasks
 * and templates.
 */
final class EnvironmentFinder implements MappingFinder {
    private static final List<String> ENVIRONMENTS = List.of("env", "envs", "envvars");
    private static final List<String> PARAMETERS = List.of("params", "parameters", "set");
    private static final List<String> VALUES = List.of("value", "default");
    /** A reference to a variable of the same environment, which Kubernetes replaces. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

    /** A variable with the path of its value. */
    private record Variable(Field field, YamlPath path) {}

    @Override
    public void inspect(VisitedMapping mapping, Consumer<Sighting> found) {
        for (YamlNode.Entry entry : mapping.node().entries()) {
            if (!entry.value().isSequence()) {
                continue;
            }
            String key = entry.key();
            if (ENVIRONMENTS.stream().anyMatch(it -> Words.endsWith(key, it))) {
                environment(variables(mapping, entry, List.of("value")), found);
            } else if (PARAMETERS.contains(key.toLowerCase(Locale.ROOT))) {
                parameters(mapping, variables(mapping, entry, VALUES), found);
            }
        }
    }

    private static List<Variable> variables(VisitedMapping mapping, YamlNode.Entry list, List<String> keys) {
        List<Variable> variables = new ArrayList<>();
        for (int i = 0; i < list.value().items().size(); i++) {
            YamlNode item = list.value().items().get(i);
            YamlPath path = mapping.path().key(list.key()).index(i);
            for (String key : keys) {
                @Nullable YamlNode value = item.get(key);
                if (value != null && value.isScalar() && !item.textOf("name").isEmpty()) {
                    variables.add(new Variable(new Field(item.textOf("name"), value.text(), value), path.key(key)));
                }
            }
        }
        return variables;
    }

    private static void environment(List<Variable> written, Consumer<Sighting> found) {
        List<Variable> variables = resolved(written);
        Set<YamlNode> whole = pairs(variables, found);
        for (Variable variable : variables) {
            Field field = variable.field();
            if (field.node().isString() && !whole.contains(field.node())) {
                named(variable, ImageNames.confidence(field.key()), found);
            }
        }
    }

    private static void parameters(VisitedMapping mapping, List<Variable> variables, Consumer<Sighting> found) {
        boolean builder = BuildTools.runs(mapping.node());
        Set<YamlNode> whole = pairs(variables, found);
        for (Variable variable : variables) {
            Field field = variable.field();
            if (Words.contains(field.key(), "image") && field.node().isString() && !whole.contains(field.node())) {
                boolean built = builder && BuildTools.isProduct(field.key());
                named(variable, built ? Confidence.POSSIBLE : ImageNames.confidence(field.key()), found);
            }
        }
    }

    private static void named(Variable variable, Confidence confidence, Consumer<Sighting> found) {
        Field field = variable.field();
        String path = variable.path().toString();
        Optional<ImageReference> image = ImageNames.image(field.key(), field.text());
        image.ifPresent(it -> found.accept(Sighting.at(field.node(), path, it, confidence, FinderNames.ENVIRONMENT)));
        if (image.isEmpty()) {
            ImageText.within(field.text()).stream()
                    .map(it -> confidence.isSaved() ? it : it.asPossible())
                    .forEach(it -> found.accept(Sighting.in(field.node(), path, it, FinderNames.ENVIRONMENT)));
        }
    }

    /**
     * Reports images whose name and tag are separate variables.
     *
     * @return the variables with the names of these images
     */
    private static Set<YamlNode> pairs(List<Variable> variables, Consumer<Sighting> found) {
        Map<YamlNode, String> paths = new HashMap<>();
        variables.stream()
                .filter(it -> ImagePart.Key.of(it.field().key()) != null)
                .forEach(it -> paths.put(it.field().node(), it.path().toString()));
        Set<YamlNode> whole = new HashSet<>();
        for (SplitImage parts :
                SplitImage.of(variables.stream().map(Variable::field).toList())) {
            Field name = parts.name();
            if (name != null) {
                parts.whole().ifPresent(image -> {
                    whole.add(name.node());
                    String path = paths.getOrDefault(name.node(), "");
                    Confidence confidence =
                            parts.mayBeCode(name.text()) ? Confidence.POSSIBLE : ImageNames.confidence(name.key());
                    found.accept(Sighting.at(name.node(), path, image, confidence, FinderNames.SPLIT));
                });
            }
        }
        return whole;
    }

    /** {@return the variables with references to other variables replaced} */
    private static List<Variable> resolved(List<Variable> variables) {
        if (variables.stream().noneMatch(it -> it.field().text().contains("$("))) {
            return variables;
        }
        Map<String, String> values = new HashMap<>();
        variables.forEach(it -> values.put(it.field().key(), it.field().text()));
        return variables.stream().map(it -> resolved(it, values)).toList();
    }

    private static Variable resolved(Variable variable, Map<String, String> values) {
        Field field = variable.field();
        if (field.text().length() > ImageText.LONGEST) {
            return variable;
        }
        String text = REFERENCE.matcher(field.text()).replaceAll(it -> {
            String value = values.getOrDefault(it.group(1), "");
            boolean known = !value.isEmpty() && value.length() <= ImageText.LONGEST;
            return Matcher.quoteReplacement(known ? value : it.group());
        });
        return new Variable(new Field(field.key(), text, field.node()), variable.path());
    }
}
