package io.sealos.images.internal.scan;

import io.sealos.images.ChartValues.Option;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.install.InstalledChart;
import io.sealos.images.internal.install.InstalledChart.GivenValue;
import io.sealos.images.internal.kustomize.Kustomizer;
import io.sealos.images.internal.values.NodeText;
import io.sealos.images.internal.values.ValuesException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlNode.Place;
import io.sealos.internal.files.SlashPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A source of an Application of Argo CD, which is a directory of the context directory. */
final class ArgoSource {
    /** The kinds of sources. */
    enum Type {
        HELM,
        KUSTOMIZE,
        DIRECTORY,
        PLUGIN
    }

    private static final long MAX_FILE = 16L * 1024 * 1024;

    private final Deployment deployment;
    private final Path directory;
    private final ContextFiles files;

    ArgoSource(Deployment deployment, Path directory, ContextFiles files) {
        this.deployment = deployment;
        this.directory = directory;
        this.files = files;
    }

    /** {@return the kind as given by the source, else by the files of the directory} */
    Type type() {
        for (Type type : Type.values()) {
            YamlNode options = deployment.source().get(type.name().toLowerCase(Locale.ROOT));
            if (options != null && !options.isNull()) {
                return type;
            }
        }
        boolean chart = Files.isRegularFile(directory.resolve("Chart.yaml"));
        return chart ? Type.HELM : Kustomizer.isIn(directory) ? Type.KUSTOMIZE : Type.DIRECTORY;
    }

    /** {@return the options for the kind of the source; an empty mapping if there are none} */
    YamlNode options() {
        YamlNode source = deployment.source();
        YamlNode options = source.get(type().name().toLowerCase(Locale.ROOT));
        return options == null ? YamlNode.mapping(new Place(source.line(), source.column())) : options;
    }

    /** {@return the changes to the kustomization} */
    YamlNode changes() {
        YamlNode options = options();
        YamlNode changes = YamlNode.mapping(new Place(options.line(), options.column()));
        for (String field : List.of("namePrefix", "nameSuffix", "namespace", "patches", "components", "replicas")) {
            YamlNode value = options.get(field);
            changes = value == null ? changes : changes.with(field, value);
        }
        YamlNode images = options.get("images");
        return images == null
                ? changes
                : changes.with(
                        "images",
                        images.withItems(
                                images.items().stream().map(ArgoSource::image).toList()));
    }

    /** {@return the entry for an image as given to {@code kustomize edit set image}: {@code name=new:tag@digest}} */
    private static YamlNode image(YamlNode text) {
        String written = text.text();
        int equals = written.indexOf('=');
        String changed = written.substring(equals + 1);
        int at = changed.indexOf('@');
        String named = at < 0 ? changed : changed.substring(0, at);
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        String name = colon < 0 ? named : named.substring(0, colon);
        YamlNode entry = YamlNode.mapping(new Place(text.line(), text.column()))
                .with("name", text.withText(equals < 0 ? name : written.substring(0, equals)));
        entry = equals < 0 || name.equals("*") ? entry : entry.with("newName", text.withText(name));
        entry = colon < 0 ? entry : entry.with("newTag", text.withText(named.substring(colon + 1)));
        return at < 0 ? entry : entry.with("digest", text.withText(changed.substring(at + 1)));
    }

    /**
     * {@return the chart with its values}
     *
     * @param problems receives the kind and the end of a sentence about the Application
     */
    InstalledChart chart(BiConsumer<Kind, String> problems) throws IOException {
        YamlNode options = options();
        YamlNode spec = deployment.root().get("spec");
        YamlNode destination = spec == null ? null : spec.get("destination");
        String namespace = first(
                options.textOf("namespace"), destination == null ? "" : destination.textOf("namespace"), "default");
        return new InstalledChart(
                deployment.file(),
                deployment.line(),
                deployment.kind(),
                first(options.textOf("releaseName"), deployment.name(), "release"),
                namespace,
                directory,
                values(options, problems),
                options.textOf("skipSchemaValidation").equals("true"));
    }

    private static String first(String... names) {
        for (String name : names) {
            if (!name.isEmpty()) {
                return name;
            }
        }
        return "";
    }

    private List<GivenValue> values(YamlNode options, BiConsumer<Kind, String> problems) throws IOException {
        List<GivenValue> values = new ArrayList<>();
        boolean missing = options.textOf("ignoreMissingValueFiles").equals("true");
        for (YamlNode name : items(options, "valueFiles")) {
            Optional<Path> file = file(name.text());
            if (file.isPresent()) {
                values.add(new GivenValue(Option.VALUES, name.text(), null, file.get()));
            } else if (!missing) {
                boolean remote = name.text().contains("://");
                problems.accept(
                        remote ? Kind.REMOTE : Kind.UNREAD,
                        "has the values file '" + name.text() + "', which the context does not have");
            }
        }
        String text = text(options, problems);
        if (!text.isBlank()) {
            values.add(new GivenValue(Option.VALUES, "values", text, null));
        }
        for (YamlNode parameter : items(options, "parameters")) {
            boolean string = parameter.textOf("forceString").equals("true");
            String value = parameter.textOf("value").replaceAll("(?<!\\\\),", "\\\\,");
            values.add(new GivenValue(
                    string ? Option.SET_STRING : Option.SET, parameter.textOf("name") + "=" + value, null, null));
        }
        addFiles(options, values, problems);
        return values;
    }

    private static List<YamlNode> items(YamlNode options, String field) {
        YamlNode list = options.get(field);
        return list == null ? List.of() : list.items();
    }

    /** {@return the values in the Application; an object takes precedence over a text} */
    private static String text(YamlNode options, BiConsumer<Kind, String> problems) {
        YamlNode object = options.get("valuesObject");
        if (object == null || object.isNull()) {
            return options.textOf("values");
        }
        try {
            return NodeText.of(object);
        } catch (ValuesException e) {
            problems.accept(Kind.UNREAD, "has values that cannot be read: " + e.getMessage());
            return "";
        }
    }

    private void addFiles(YamlNode options, List<GivenValue> values, BiConsumer<Kind, String> problems)
            throws IOException {
        for (YamlNode parameter : items(options, "fileParameters")) {
            Optional<Path> file = file(parameter.textOf("path"));
            if (file.isPresent() && Files.size(file.get()) <= MAX_FILE) {
                String text = new String(Files.readAllBytes(file.get()), StandardCharsets.UTF_8);
                values.add(new GivenValue(Option.SET_FILE, parameter.textOf("name"), text, null));
            } else {
                problems.accept(
                        Kind.UNREAD,
                        "has the values file '" + parameter.textOf("path") + "', which the context does not have");
            }
        }
    }

    /**
     * {@return a file of the repository} A name is relative to the directory, or to the root of the repository if it
     * begins with a slash or with the name of another source.
     */
    private Optional<Path> file(String name) {
        try {
            boolean other = name.startsWith("$") && name.indexOf('/') > 0;
            String rooted = other ? name.substring(name.indexOf('/')) : name;
            Path start = rooted.startsWith("/") ? files.context() : directory;
            Path file = start.resolve(
                    SlashPath.of(start.getFileSystem(), rooted.startsWith("/") ? rooted.substring(1) : rooted));
            return Optional.of(file).filter(it -> Files.isRegularFile(it) && files.isInside(it));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
