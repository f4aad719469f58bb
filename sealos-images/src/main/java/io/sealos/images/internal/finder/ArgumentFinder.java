package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Arguments and commands: {@code --x-image=reference}, a flag and its value, references inside a script. */
final class ArgumentFinder implements SiteFinder {
    private static final String FINDER = "args";
    private static final List<String> LISTS = List.of("command", "args");

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        for (String key : LISTS) {
            YamlNode list = site.node().get(key);
            if (list != null && list.isSequence()) {
                inspect(list.items(), site.path().key(key), found);
            }
        }
    }

    private static void inspect(List<YamlNode> arguments, YamlPath path, Consumer<Sighting> found) {
        String flag = "";
        for (int i = 0; i < arguments.size(); i++) {
            YamlNode argument = arguments.get(i);
            inspect(flag, argument, path.index(i), found);
            flag = isFlag(argument.text()) ? argument.text() : "";
        }
    }

    private static void inspect(String flagBefore, YamlNode argument, YamlPath path, Consumer<Sighting> found) {
        String text = argument.text();
        int equals = text.indexOf('=');
        boolean joined = isFlag(text) && equals > 0;
        String flag = joined ? text.substring(0, equals) : flagBefore;
        String value = joined ? text.substring(equals + 1) : text;
        Optional<Sighting> image = namesImage(flag)
                ? ImageText.reference(value)
                        .map(it -> Sighting.at(argument, path.toString(), it, confidence(value, it), FINDER))
                : Optional.empty();
        image.ifPresent(found);
        if (image.isEmpty()) {
            ImageText.within(text).forEach(it -> found.accept(Sighting.in(argument, path.toString(), it, FINDER)));
        }
    }

    /** Flags about images take numbers and names too. */
    private static Confidence confidence(String value, ImageReference image) {
        boolean port = value.indexOf('/') < 0
                && image.tag().filter(it -> it.matches("[0-9]{3,5}")).isPresent();
        return ImageText.isPinned(image) && !port ? Confidence.LIKELY : Confidence.POSSIBLE;
    }

    private static boolean isFlag(String argument) {
        return argument.startsWith("-");
    }

    private static boolean namesImage(String flag) {
        String lower = flag.toLowerCase(Locale.ROOT);
        return lower.endsWith("image") || lower.endsWith("image-name");
    }
}
