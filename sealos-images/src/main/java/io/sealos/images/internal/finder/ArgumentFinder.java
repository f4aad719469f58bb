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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds images in arguments and commands: {@code --x-image=reference}, a flag followed by its value, and references
 * inside a script.
 */
final class ArgumentFinder implements MappingFinder {
    private static final List<String> LISTS = List.of("command", "args");
    /** The keys of scripts that a container of Tekton or Argo runs. */
    private static final List<String> SCRIPTS = List.of("script", "source");

    private static final int LONGEST_COMMAND = 500;

    @Override
    public void inspect(VisitedMapping mapping, Consumer<Sighting> found) {
        String before = "";
        for (String key : LISTS) {
            YamlNode list = mapping.node().get(key);
            if (list != null && list.isSequence()) {
                boolean first = key.equals("args") && mapping.node().get("command") == null;
                String program = first ? BuildTools.program(mapping.node().textOf("image")) : before;
                before = inspect(program, list.items(), mapping.path().key(key), found);
            }
        }
        for (String key : SCRIPTS) {
            YamlNode script = mapping.node().get(key);
            if (script != null && script.isScalar() && mapping.node().get("image") != null) {
                String path = mapping.path().key(key).toString();
                ImageText.within(script.text())
                        .forEach(it -> found.accept(Sighting.in(script, path, it, FinderNames.ARGUMENTS)));
            }
        }
    }

    /**
     * Inspects arguments, which continue the command before them.
     *
     * @return the command so far, or at least its end
     */
    private static String inspect(
            String commandBefore, List<YamlNode> arguments, YamlPath path, Consumer<Sighting> found) {
        Set<YamlNode> whole = pairs(arguments, path, found);
        String before = commandBefore;
        String flag = "";
        for (int i = 0; i < arguments.size(); i++) {
            YamlNode argument = arguments.get(i);
            if (!whole.contains(argument)) {
                inspect(before, flag, argument, path.index(i), found);
            }
            flag = isFlag(argument.text()) ? argument.text() : "";
            String command = isScript(argument.text()) ? "" : before + argument.text() + " ";
            before = command.substring(Math.max(0, command.length() - LONGEST_COMMAND));
        }
        return before;
    }

    private static void inspect(
            String before, String flagBefore, YamlNode argument, YamlPath path, Consumer<Sighting> found) {
        String text = argument.text();
        int equals = text.indexOf('=');
        boolean joined = isFlag(text) && equals > 0;
        String flag = joined ? text.substring(0, equals) : flagBefore;
        String value = joined ? text.substring(equals + 1) : text;
        boolean target = !isScript(text) && BuildTools.isTarget(before + (joined ? text.substring(0, equals + 1) : ""));
        Optional<ImageReference> image = namesImage(flag) ? ImageText.reference(value) : Optional.empty();
        image.map(it -> Sighting.at(argument, path.toString(), it, confidence(value, it), FinderNames.ARGUMENTS))
                .map(it -> target || ImageNames.isTarget(flag) ? it.asPossible() : it)
                .ifPresent(found);
        if (image.isEmpty()) {
            ImageText.within(text).stream()
                    .map(it -> Sighting.in(argument, path.toString(), it, FinderNames.ARGUMENTS))
                    .map(it -> target ? it.asPossible() : it)
                    .forEach(found);
        }
    }

    /**
     * Reports images whose name and tag are separate flags.
     *
     * @return the arguments of these images
     */
    private static Set<YamlNode> pairs(List<YamlNode> arguments, YamlPath path, Consumer<Sighting> found) {
        List<Field> flags = flags(arguments);
        if (flags.stream().noneMatch(it -> Words.contains(it.key(), "image"))) {
            return Set.of();
        }
        Map<YamlNode, Integer> places = new HashMap<>();
        arguments.forEach(it -> places.putIfAbsent(it, places.size()));
        Set<YamlNode> whole = new HashSet<>();
        for (SplitImage parts : SplitImage.of(flags)) {
            Field name = parts.name();
            if (name != null && parts.isOfImage()) {
                parts.whole().ifPresent(it -> {
                    whole.add(name.node());
                    String place =
                            path.index(places.getOrDefault(name.node(), 0)).toString();
                    Confidence confidence = ImageNames.confidence(name.key());
                    found.accept(Sighting.at(name.node(), place, it, confidence, FinderNames.SPLIT));
                });
            }
        }
        return whole;
    }

    private static List<Field> flags(List<YamlNode> arguments) {
        List<Field> flags = new ArrayList<>(0);
        for (int i = 0; i < arguments.size(); i++) {
            String text = arguments.get(i).text();
            int equals = text.indexOf('=');
            if (isFlag(text) && text.length() <= ImageText.LONGEST && equals > 0) {
                flags.add(new Field(text.substring(0, equals), text.substring(equals + 1), arguments.get(i)));
            } else if (isFlag(text) && i + 1 < arguments.size()) {
                YamlNode value = arguments.get(i + 1);
                flags.add(new Field(text, isFlag(value.text()) ? "" : value.text(), value));
            }
        }
        return flags;
    }

    /** {@return the confidence of the value of a flag} Flags about images may also have numbers and names as values. */
    private static Confidence confidence(String value, ImageReference image) {
        return ImageText.isPinned(image) && !ImageText.isPort(value, image) ? Confidence.LIKELY : Confidence.POSSIBLE;
    }

    /** {@return whether an argument contains commands} */
    private static boolean isScript(String argument) {
        return argument.indexOf(' ') >= 0 || argument.indexOf('\n') >= 0;
    }

    private static boolean isFlag(String argument) {
        return argument.startsWith("-");
    }

    private static boolean namesImage(String flag) {
        return Words.endsWith(flag, "image") || Words.endsWith(flag, "image-name");
    }
}
