package io.sealos.images.internal.finder;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.sealos.images.Confidence;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Text in ConfigMaps and Secrets: lines that name an image, words that are one, and dotted split keys. */
final class ConfigTextFinder implements SiteFinder {
    private static final String FINDER = "config-text";
    private static final int LONGEST_LINE = 100_000;
    private static final List<String> DATA = List.of("data", "stringData");
    private static final Pattern IMAGE_LINE =
            Pattern.compile("(?:^|[^\\w-])[\"']?(?:[a-zA-Z0-9_-]*[-_])?[iI]mage[\"']?[ \t]*[:=][ \t]*[\"']?"
                    + "([a-z0-9][A-Za-z0-9._:/@-]{1,600})[\"']?[ \t]*,?[ \t]*\\r?$");
    private static final Pattern SPLIT_KEY = Pattern.compile("(.*[._-])(repository|REPOSITORY)");

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        if (site.kind() != ObjectKind.CONFIG || !DATA.contains(site.path().lastKey())) {
            return;
        }
        for (YamlNode.Entry entry : site.node().entries()) {
            YamlNode value = entry.value();
            if (value.isScalar()) {
                inspectText(value, site.path().key(entry.key()), found);
                inspectSplitKey(site, entry, found);
            }
        }
    }

    private static void inspectText(YamlNode value, YamlPath path, Consumer<Sighting> found) {
        String text = value.text();
        String place = path.toString();
        ImageText.within(text).forEach(it -> found.accept(Sighting.in(value, place, it, FINDER)));
        for (int image = text.indexOf("mage"); image >= 0; image = text.indexOf("mage", lineEnd(text, image))) {
            imageLine(text, text.lastIndexOf('\n', image) + 1, lineEnd(text, image))
                    .ifPresent(it -> found.accept(Sighting.in(value, place, it, FINDER)));
        }
    }

    private static int lineEnd(String text, int from) {
        int newline = text.indexOf('\n', from);
        return newline < 0 ? text.length() : newline;
    }

    private static Optional<ImageWord> imageLine(String text, int start, int end) {
        if (end - start > LONGEST_LINE) {
            return Optional.empty();
        }
        Matcher line = IMAGE_LINE.matcher(text.substring(start, end));
        return line.find()
                ? ImageText.pinned(line.group(1)).map(it -> new ImageWord(it, Confidence.LIKELY, start + line.start(1)))
                : Optional.empty();
    }

    private static void inspectSplitKey(Site site, YamlNode.Entry entry, Consumer<Sighting> found) {
        Matcher key = SPLIT_KEY.matcher(entry.key());
        if (!key.matches()) {
            return;
        }
        boolean upper = key.group(2).equals("REPOSITORY");
        String tag = site.node().textOf(key.group(1) + (upper ? "TAG" : "tag"));
        String registry = site.node().textOf(key.group(1) + (upper ? "REGISTRY" : "registry"));
        String name = (registry.isEmpty() ? "" : registry + "/") + entry.value().text();
        String path = site.path().key(entry.key()).toString();
        ImageText.pinned(name + ":" + tag)
                .ifPresent(it -> found.accept(Sighting.at(entry.value(), path, it, Confidence.LIKELY, "split-fields")));
    }
}
