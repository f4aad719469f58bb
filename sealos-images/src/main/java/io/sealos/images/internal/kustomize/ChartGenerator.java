package io.sealos.images.internal.kustomize;

import io.sealos.images.RenderedChart;
import io.sealos.images.RenderedDocument;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.values.NodeText;
import io.sealos.images.internal.values.ValuesException;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Generates the objects of an entry of {@code helmCharts:} from a chart in the context directory. */
final class ChartGenerator {
    private static final List<String> MERGES = List.of("", "override", "merge", "replace");
    private static final String HOOK = "helm.sh/hook";

    private final Kustomization kustomization;
    private final KustomizeFiles files;
    private final ChartEngine engine;
    private final Work work;

    ChartGenerator(Kustomization kustomization, KustomizeFiles files, ChartEngine engine, Work work) {
        this.work = work;
        this.kustomization = kustomization;
        this.files = files;
        this.engine = engine;
    }

    List<Resource> make(YamlNode entry) throws IOException, KustomizeException {
        String name = entry.textOf("name");
        if (name.isEmpty() || !MERGES.contains(entry.textOf("valuesMerge"))) {
            throw new KustomizeException(
                    entry.line(),
                    name.isEmpty()
                            ? "has a chart without a name"
                            : "has the valuesMerge '" + entry.textOf("valuesMerge")
                                    + "', which kustomize does not know");
        }
        Path chart = directory(entry, name);
        RenderedChart rendered = engine.render(call(entry, name, chart));
        Optional<String> failure = rendered.failure();
        if (failure.isPresent()) {
            throw new KustomizeException(
                    rendered.isEngineMissing() ? Kind.NO_ENGINE : Kind.UNREAD,
                    entry.line(),
                    "has the chart '" + name + "', which does not render: " + failure.get());
        }
        rendered.notices().forEach(it -> files.note(new KustomizeException(Kind.OTHER_KUBERNETES, entry.line(), it)));
        return objects(entry, chart, rendered);
    }

    /** {@return the directory of the chart, which is in the context directory} */
    private Path directory(YamlNode entry, String name) throws IOException, KustomizeException {
        String home = kustomization
                .fields("helmGlobals")
                .map(it -> it.textOf("chartHome"))
                .filter(it -> !it.isEmpty())
                .orElse("charts");
        String repository = entry.textOf("repo");
        String version = entry.textOf("version");
        String pulled = repository.isEmpty() || version.isEmpty() ? "" : "/" + name + "-" + version;
        YamlNode path = entry.withText(home + pulled + "/" + name);
        if (!repository.isEmpty() && !files.isThere(kustomization, path)) {
            throw new KustomizeException(
                    Kind.REMOTE,
                    entry.line(),
                    "the chart '" + name + "' of the kustomization lies on the network, at " + repository);
        }
        Path chart = files.directory(kustomization, path);
        files.addAllBelow(chart);
        return chart;
    }

    private ChartEngine.Call call(YamlNode entry, String name, Path chart) throws IOException, KustomizeException {
        List<String> values = new ArrayList<>(List.of(values(entry, chart)));
        for (YamlNode file : items(entry, "additionalValuesFiles")) {
            values.add(text(file));
        }
        String release = entry.textOf("releaseName");
        String namespace = entry.textOf("namespace");
        String version = entry.textOf("kubeVersion");
        return new ChartEngine.Call(
                chart,
                values,
                release.isEmpty() ? name + "-0" : release,
                namespace.isEmpty() ? "default" : namespace,
                version.startsWith("v") ? version.substring(1) : version,
                items(entry, "apiVersions").stream().map(YamlNode::text).toList());
    }

    private static List<YamlNode> items(YamlNode entry, String field) {
        YamlNode list = entry.get(field);
        return list == null ? List.of() : list.items();
    }

    private String text(YamlNode file) throws IOException, KustomizeException {
        return files.text(files.file(kustomization, file), file.line()).text();
    }

    /** {@return the values of the file, the values in the entry, or both, as {@code valuesMerge} has it} */
    private String values(YamlNode entry, Path chart) throws IOException, KustomizeException {
        YamlNode inline = entry.get("valuesInline");
        boolean some = inline != null && !inline.entries().isEmpty();
        String merge = entry.textOf("valuesMerge");
        if (inline != null && some && merge.equals("replace")) {
            return written(inline);
        }
        YamlNode given = entry.get("valuesFile");
        String text = given == null || given.text().isEmpty()
                ? files.text(chart.resolve("values.yaml"), entry.line()).text()
                : text(given);
        if (inline == null || !some) {
            return text;
        }
        List<YamlNode> documents = SourceLines.documents(text, new YamlNode.Place(entry.line(), 1));
        YamlNode base = documents.isEmpty() ? inline : documents.get(0);
        return written(merge.equals("merge") ? merged(inline, base) : merged(base, inline));
    }

    /** {@return the values of both, where those of the second override those of the first} A null removes a value. */
    private YamlNode merged(YamlNode base, YamlNode over) throws KustomizeException {
        work.step(over.line());
        YamlNode merged = base;
        for (YamlNode.Entry entry : over.entries()) {
            YamlNode old = base.get(entry.key());
            boolean both = old != null && old.isMapping() && entry.value().isMapping();
            boolean removes = entry.value().isNull() && entry.value().isPlain();
            YamlNode value = both && old != null ? merged(old, entry.value()) : removes ? null : entry.value();
            merged = merged.with(entry.key(), value);
        }
        return merged;
    }

    private static String written(YamlNode values) throws KustomizeException {
        try {
            return NodeText.of(values);
        } catch (ValuesException e) {
            throw new KustomizeException(values.line(), "has values of a chart that cannot be read: " + e.getMessage());
        }
    }

    private List<Resource> objects(YamlNode entry, Path chart, RenderedChart rendered)
            throws IOException, KustomizeException {
        List<Resource> objects = new ArrayList<>();
        if (entry.textOf("includeCRDs").equals("true")) {
            for (Path file : files.below(chart.resolve("crds"))) {
                objects.addAll(KustomizeBuild.objects(files.documents(file, entry.line())));
            }
        }
        for (RenderedDocument document : rendered.documents()) {
            objects.addAll(KustomizeBuild.objects(files.rendered(chart, document, entry.line())));
        }
        return objects.stream().filter(it -> isKept(it, entry)).toList();
    }

    private static boolean isKept(Resource object, YamlNode entry) {
        String hook = object.tag("annotations", HOOK);
        boolean test = hook != null && hook.startsWith("test");
        return hook == null
                || !(entry.textOf("skipHooks").equals("true")
                        || (test && entry.textOf("skipTests").equals("true")));
    }
}
