package io.sealos.images.internal.kustomize;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a kustomization and those to which it refers, in the order of kustomize: resources, configurations,
 * generators, components, then patches, names, labels, JSON patches, images, replacements and transformers.
 */
final class KustomizeBuild {
    private static final int MAX_DEPTH = 50;
    private static final Set<String> HOSTS = Set.of("github.com", "gitlab.com", "bitbucket.org");
    private static final String LOCAL = "config.kubernetes.io/local-config";

    private final KustomizeFiles files;
    private final Work work;
    private final @Nullable ChartEngine charts;

    /**
     * Creates an evaluation.
     *
     * @param charts the engine for charts, or null if the program that applies the objects renders none
     */
    KustomizeBuild(KustomizeFiles files, Work work, @Nullable ChartEngine charts) {
        this.files = files;
        this.work = work;
        this.charts = charts;
    }

    /** {@return the objects of a kustomization} */
    List<Resource> build(Kustomization kustomization) throws IOException, KustomizeException {
        Accumulation all = new Accumulation();
        evaluate(kustomization, List.of(), all);
        new Variables(all, work).apply();
        return all.resources().stream().filter(it -> !isLocal(it)).toList();
    }

    private static boolean isLocal(Resource resource) {
        String local = resource.tag("annotations", LOCAL);
        return local != null && !local.equals("false");
    }

    /** Evaluates a kustomization. A component sees the objects of the kustomization that refers to it. */
    private void evaluate(Kustomization kustomization, List<Path> around, Accumulation all)
            throws IOException, KustomizeException {
        List<Path> inside = new ArrayList<>(around);
        inside.add(kustomization.directory());
        addResources(kustomization, "resources", inside, all);
        addResources(kustomization, "bases", inside, all);
        addConfigurations(kustomization, all);
        addGenerated(kustomization, inside, all);
        for (YamlNode component : kustomization.list("components")) {
            evaluate(named(kustomization, component, inside, true), inside, all);
        }
        List<YamlNode> transformers = plugins(kustomization, "transformers", inside);
        new Transformers(kustomization, files, work).apply(all, Transformers.imageFields(all));
        for (YamlNode transformer : transformers) {
            new Transformers(Plugin.of(kustomization, transformer), files, work)
                    .apply(all, Plugin.fieldSpecs(transformer));
        }
        refuseValidators(kustomization);
        all.variables().addAll(kustomization.list("vars"));
    }

    /** {@return the kustomization of a directory to which another one refers} */
    private Kustomization named(Kustomization from, YamlNode name, List<Path> inside, boolean component)
            throws IOException, KustomizeException {
        Path directory = files.directory(from, name);
        if (inside.stream().anyMatch(it -> it.toAbsolutePath().startsWith(directory.toAbsolutePath()))
                || inside.size() > MAX_DEPTH) {
            throw new KustomizeException(name.line(), "leads back to itself, or is nested deeper than " + MAX_DEPTH);
        }
        Kustomization kustomization = files.kustomization(directory, name.line());
        if (kustomization.isComponent() != component) {
            throw new KustomizeException(
                    name.line(),
                    "names '" + name.text() + "', which is " + (component ? "not a component" : "a component"));
        }
        return kustomization;
    }

    private void addResources(Kustomization kustomization, String field, List<Path> inside, Accumulation all)
            throws IOException, KustomizeException {
        for (YamlNode name : kustomization.list(field)) {
            if (Files.isDirectory(files.existing(kustomization, name))) {
                Accumulation base = new Accumulation();
                evaluate(named(kustomization, name, inside, false), inside, base);
                all.addAll(base, name.line());
            } else {
                all.addAll(objects(files.documents(files.file(kustomization, name), name.line())), name.line());
            }
        }
    }

    /** {@return the objects of documents; a list is replaced with its items} */
    static List<Resource> objects(List<YamlNode> documents) throws KustomizeException {
        List<Resource> objects = new ArrayList<>();
        Deque<YamlNode> left = new ArrayDeque<>(documents);
        while (!left.isEmpty()) {
            YamlNode root = left.remove();
            if (root.isMapping() && root.entries().isEmpty()) {
                continue;
            }
            YamlNode items = root.get("items");
            boolean list = root.textOf("kind").endsWith("List");
            if (list && items != null && (items.isSequence() || items.isNull())) {
                left.addAll(items.items());
                continue;
            }
            YamlNode metadata = root.get("metadata");
            boolean named = metadata != null && !metadata.textOf("name").isEmpty();
            if (!root.isMapping() || root.textOf("kind").isEmpty() || !(named || list)) {
                throw new KustomizeException(root.line(), "has an object without a kind or without a name");
            }
            checkKeys(root);
            objects.add(new Resource(root));
        }
        return objects;
    }

    /** Checks that no mapping of an object has a key twice. Nodes that aliases share are checked once. */
    private static void checkKeys(YamlNode root) throws KustomizeException {
        Set<YamlNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<YamlNode> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            YamlNode node = left.remove();
            if (!node.isScalar() && seen.add(node)) {
                Set<String> keys = new HashSet<>();
                for (YamlNode.Entry entry : node.entries()) {
                    if (!keys.add(entry.key())) {
                        throw new KustomizeException(
                                entry.value().line(),
                                "has the key '" + entry.key() + "' twice, which kustomize refuses");
                    }
                    left.add(entry.value());
                }
                left.addAll(node.items());
            }
        }
    }

    private void addConfigurations(Kustomization kustomization, Accumulation all)
            throws IOException, KustomizeException {
        for (YamlNode name : kustomization.list("configurations")) {
            for (YamlNode document : files.documents(files.file(kustomization, name), name.line())) {
                YamlNode configuration = Fields.CONFIGURATION.checked(document, name.text());
                all.imageFields().addAll(items(configuration.get("images")));
                all.variableFields().addAll(items(configuration.get("varReference")));
            }
        }
        for (YamlNode name : kustomization.list("crds")) {
            files.file(kustomization, name);
        }
    }

    private static List<YamlNode> items(@Nullable YamlNode list) {
        return list == null ? List.of() : list.items();
    }

    private void addGenerated(Kustomization kustomization, List<Path> inside, Accumulation all)
            throws IOException, KustomizeException {
        generate(kustomization, all);
        for (YamlNode generator : plugins(kustomization, "generators", inside)) {
            generate(Plugin.of(kustomization, generator), all);
        }
    }

    private void generate(Kustomization kustomization, Accumulation all) throws IOException, KustomizeException {
        Generator generator =
                new Generator(files.of(kustomization), kustomization.root().get("generatorOptions"));
        for (YamlNode rule : kustomization.list("configMapGenerator")) {
            all.absorb(generator.make(rule, "ConfigMap"), rule);
        }
        for (YamlNode rule : kustomization.list("secretGenerator")) {
            all.absorb(generator.make(rule, "Secret"), rule);
        }
        for (YamlNode entry : kustomization.list("helmCharts")) {
            if (charts == null) {
                throw new KustomizeException(
                        entry.line(),
                        "the kustomization has the field 'helmCharts'"
                                + Kustomization.detail(entry.withItems(List.of(entry)))
                                + ", which kubectl apply -k and Flux refuse; apply the output of"
                                + " kubectl kustomize --enable-helm");
            }
            all.addAll(new ChartGenerator(kustomization, files, charts, work).make(entry), entry.line());
        }
    }

    /**
     * {@return the configurations of generators or transformers in files, in directories, or in the kustomization
     * itself}
     */
    private List<YamlNode> plugins(Kustomization kustomization, String field, List<Path> inside)
            throws IOException, KustomizeException {
        Accumulation all = new Accumulation();
        for (YamlNode name : kustomization.list(field)) {
            if (name.text().indexOf('\n') >= 0 || name.text().startsWith("{")) {
                all.addAll(objects(SourceLines.documents(name.text(), name.placeOf(0))), name.line());
            } else if (Files.isDirectory(files.existing(kustomization, name))) {
                Accumulation base = new Accumulation();
                evaluate(named(kustomization, name, inside, false), inside, base);
                all.addAll(base, name.line());
            } else {
                all.addAll(objects(files.documents(files.file(kustomization, name), name.line())), name.line());
            }
        }
        return all.resources().stream().map(Resource::root).toList();
    }

    private static void refuseValidators(Kustomization kustomization) throws KustomizeException {
        YamlNode validators = kustomization.root().get("validators");
        if (validators != null && !validators.items().isEmpty()) {
            throw new KustomizeException(
                    validators.line(),
                    "the kustomization has validators" + Kustomization.detail(validators) + ", which are not run here");
        }
    }

    /** {@return whether a name in a kustomization is a remote address} */
    static boolean isRemote(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("://")
                || lower.startsWith("git@")
                || lower.startsWith("git::")
                || lower.contains("?ref=")
                || HOSTS.contains(lower.split("[/:]", 2)[0]);
    }

    static KustomizeException remote(YamlNode name, String what) {
        return new KustomizeException(
                Kind.REMOTE, name.line(), what + " '" + name.text() + "' of the kustomization lies on the network");
    }
}
