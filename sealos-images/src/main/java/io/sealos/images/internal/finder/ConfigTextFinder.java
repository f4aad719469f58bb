package io.sealos.images.internal.finder;

import io.sealos.images.Confidence;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of a ConfigMap as text: references among the words, {@code image:} lines, and dotted split keys. */
final class ConfigTextFinder implements ImageFinder {
    private static final String FINDER = "config-text";
    private static final Pattern IMAGE_LINE =
            Pattern.compile("(?m)(?<![\\w-])[\"']?(?:[a-zA-Z0-9_-]*[-_])?[iI]mage[\"']?[ \t]*[:=][ \t]*[\"']?"
                    + "([a-z0-9][A-Za-z0-9._:/@-]{1,600})[\"']?[ \t]*,?[ \t]*\\r?$");

    @Override
    public void inspect(Site site, Consumer<Sighting> found) {
        if (site.kind() != ObjectKind.CONFIG || !isData(site)) {
            return;
        }
        for (YamlNode.Entry entry : site.node().entries()) {
            YamlNode value = entry.value();
            if (value.isScalar()) {
                inspectText(value, site.path().key(entry.key()), found);
                inspectDottedKey(site, entry, found);
            }
        }
    }

    private static boolean isData(Site site) {
        return site.path().lastKey().equals("data");
    }

    private static void inspectText(YamlNode value, YamlPath path, Consumer<Sighting> found) {
        String place = path.toString();
        ImageText.within(value.text())
                .forEach(it -> found.accept(Sighting.at(value, place, it, Confidence.LIKELY, FINDER)));
        Matcher lines = IMAGE_LINE.matcher(value.text());
        while (lines.find()) {
            ImageText.pinned(lines.group(1))
                    .ifPresent(it -> found.accept(Sighting.at(value, place, it, Confidence.LIKELY, FINDER)));
        }
    }

    private static void inspectDottedKey(Site site, YamlNode.Entry entry, Consumer<Sighting> found) {
        String key = entry.key();
        if (!key.endsWith(".repository")) {
            return;
        }
        String tag = site.node().textOf(key.substring(0, key.length() - ".repository".length()) + ".tag");
        String path = site.path().key(key).toString();
        ImageText.pinned(entry.value().text() + ":" + tag)
                .ifPresent(it -> found.accept(Sighting.at(entry.value(), path, it, Confidence.LIKELY, "split-fields")));
    }
}
