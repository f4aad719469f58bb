package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Arguments and commands: {@code --x-image=reference}, a flag and its value, references inside a script. */
final class ArgumentFinder implements ImageFinder {
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
        String before = "";
        for (int i = 0; i < arguments.size(); i++) {
            YamlNode argument = arguments.get(i);
            String place = path.index(i).toString();
            references(before, argument.text())
                    .forEach(it -> found.accept(Sighting.at(argument, place, it, Confidence.LIKELY, "args")));
            before = argument.text();
        }
    }

    private static List<ImageReference> references(String before, String argument) {
        List<ImageReference> all = new ArrayList<>();
        int equals = argument.indexOf('=');
        boolean flag = argument.startsWith("-") && equals > 0;
        if (flag && namesImage(argument.substring(0, equals))) {
            ImageText.pinned(argument.substring(equals + 1)).ifPresent(all::add);
        } else if (before.startsWith("-") && before.indexOf('=') < 0 && namesImage(before)) {
            ImageText.pinned(argument).ifPresent(all::add);
        }
        return all.isEmpty() ? ImageText.within(argument) : all;
    }

    private static boolean namesImage(String flag) {
        return flag.toLowerCase(Locale.ROOT).contains("image");
    }
}
