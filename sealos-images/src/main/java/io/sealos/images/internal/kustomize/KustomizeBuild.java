package io.sealos.images.internal.kustomize;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Evaluates one kustomization after those that it is made of, in the order of kustomize: resources, generators,
 * components, then patches, names, labels, JSON patches, images, replacements.
 */
final class KustomizeBuild {
    private static final int MAX_DEPTH = 50;

    private final KustomizeFiles files;
    private final Work work;

    KustomizeBuild(KustomizeFiles files, Work work) {
        this.files = files;
        this.work = work;
    }

    /** The objects that a directory's kustomization stands for. */
    List<Resource> build(Path directory, int askedAt, List<Path> around) throws IOException, KustomizeException {
        List<Resource> resources = new ArrayList<>();
        evaluate(directory, askedAt, around, resources);
        return resources;
    }

    /** A component sees the objects of whoever names it. */
    private void evaluate(Path directory, int askedAt, List<Path> around, List<Resource> resources)
            throws IOException, KustomizeException {
        if (around.contains(directory) || around.size() > MAX_DEPTH) {
            throw new KustomizeException(askedAt, "leads back to itself, or is nested deeper than " + MAX_DEPTH);
        }
        List<Path> inside = new ArrayList<>(around);
        inside.add(directory);
        Kustomization kustomization = files.kustomization(directory, askedAt);
        kustomization.check(files);
        addResources(kustomization, inside, resources);
        addGenerated(kustomization, resources);
        for (YamlNode component : kustomization.list("components")) {
            evaluate(files.directory(kustomization, component), component.line(), inside, resources);
        }
        new Transformers(kustomization, files, work).apply(resources);
    }

    private void addResources(Kustomization kustomization, List<Path> inside, List<Resource> resources)
            throws IOException, KustomizeException {
        List<YamlNode> names = new ArrayList<>(kustomization.list("resources"));
        names.addAll(kustomization.list("bases"));
        for (YamlNode name : names) {
            Path path = files.existing(kustomization, name);
            if (java.nio.file.Files.isDirectory(path)) {
                resources.addAll(build(path, name.line(), inside));
            } else {
                files.documents(path, name.line()).forEach(it -> addObjects(it, resources));
            }
        }
    }

    /** A list stands for its items. */
    private static void addObjects(YamlNode root, List<Resource> resources) {
        YamlNode items = root.get("items");
        if (root.textOf("kind").endsWith("List") && items != null && items.isSequence()) {
            items.items().forEach(it -> resources.add(new Resource(it)));
        } else {
            resources.add(new Resource(root));
        }
    }

    private void addGenerated(Kustomization kustomization, List<Resource> resources)
            throws IOException, KustomizeException {
        Generator generator = new Generator(files.of(kustomization));
        for (YamlNode rule : kustomization.list("configMapGenerator")) {
            resources.add(generator.make(rule, "ConfigMap"));
        }
        for (YamlNode rule : kustomization.list("secretGenerator")) {
            resources.add(generator.make(rule, "Secret"));
        }
    }

    /** What a kustomization asks for that is on a network. */
    static boolean isRemote(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        Set<String> hosts = Set.of("github.com", "gitlab.com", "bitbucket.org");
        return lower.contains("://")
                || lower.startsWith("git@")
                || lower.startsWith("git::")
                || lower.contains("?ref=")
                || hosts.contains(lower.split("[/:]", 2)[0]);
    }

    static KustomizeException remote(YamlNode name, String what) {
        return new KustomizeException(
                Kind.REMOTE, name.line(), what + " '" + name.text() + "' of the kustomization lies on the network");
    }
}
