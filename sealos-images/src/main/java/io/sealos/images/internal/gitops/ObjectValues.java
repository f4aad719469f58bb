package io.sealos.images.internal.gitops;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sealos.images.ChartValues.Option;
import io.sealos.images.internal.install.InstalledChart.GivenValue;
import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values for a chart that an object has, or to which it refers, in the order in which they override each other. */
final class ObjectValues {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.+~-]+");

    private final SiteObjects objects;
    private final SiteObject by;
    private final List<GivenValue> values = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    ObjectValues(SiteObjects objects, SiteObject by) {
        this.objects = objects;
        this.by = by;
    }

    List<GivenValue> values() {
        return List.copyOf(values);
    }

    List<String> unknown() {
        return List.copyOf(unknown);
    }

    /** Adds a text of YAML. */
    ObjectValues text(String yaml) {
        if (!yaml.isBlank()) {
            values.add(new GivenValue(Option.VALUES, "values.yaml", yaml, null));
        }
        return this;
    }

    /** Adds a mapping. */
    ObjectValues mapping(@Nullable YamlNode mapping) {
        if (mapping != null && mapping.isMapping()) {
            StringBuilder yaml = new StringBuilder();
            write(mapping, yaml);
            text(yaml.toString());
        }
        return this;
    }

    /** Adds a setting of the form {@code key=value}. */
    ObjectValues setting(String key, String value, boolean text) {
        String escaped = value.replace("\\", "\\\\").replace(",", "\\,");
        values.add(new GivenValue(text ? Option.SET_STRING : Option.SET, key + "=" + escaped, null, null));
        return this;
    }

    /** Adds values that are not known. */
    ObjectValues unknown(String what) {
        unknown.add(what);
        return this;
    }

    /** Adds the ConfigMaps and Secrets of a list {@code valuesFrom} of Flux. */
    ObjectValues from(@Nullable YamlNode list) {
        for (YamlNode entry : list == null ? List.<YamlNode>of() : list.items()) {
            String kind = entry.textOf("kind");
            String title = kind + " " + entry.textOf("name");
            String key = entry.textOf("valuesKey").isEmpty() ? "values.yaml" : entry.textOf("valuesKey");
            Optional<String> found = objects.find("/" + kind, by.namespace(), entry.textOf("name"))
                    .map(it -> it.data().get(key));
            if (found.isPresent() && entry.textOf("targetPath").isEmpty()) {
                text(found.get());
            } else if (found.isPresent()) {
                setting(entry.textOf("targetPath"), found.get(), false);
            } else if (!entry.textOf("optional").equals("true")) {
                unknown("the key " + key + " of " + title);
            }
        }
        return this;
    }

    /** Writes a node as YAML in flow style, in which a scalar without quotes keeps its type. */
    private static void write(YamlNode node, StringBuilder yaml) {
        if (node.isScalar()) {
            boolean word = node.isPlain() && WORD.matcher(node.text()).matches();
            yaml.append(word ? node.text() : node.isNull() ? "null" : quoted(node.text()));
            return;
        }
        yaml.append(node.isMapping() ? "{" : "[");
        String separator = "";
        for (YamlNode.Entry entry : node.entries()) {
            yaml.append(separator).append(quoted(entry.key())).append(": ");
            write(entry.value(), yaml);
            separator = ", ";
        }
        for (YamlNode item : node.items()) {
            yaml.append(separator);
            write(item, yaml);
            separator = ", ";
        }
        yaml.append(node.isMapping() ? "}" : "]");
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
