package io.sealos.images;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.install.Applied;
import io.sealos.images.internal.scan.ContextFiles;
import io.sealos.images.internal.yaml.YamlFormatException;
import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The manifest side of a scan: those of the standard directory, and what commands apply besides; no file twice. */
final class ManifestScan {
    private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json|tmpl)");
    private static final List<String> KUSTOMIZATIONS =
            List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final List<String> RESOURCES = List.of("resources", "bases", "components");

    private final ContextFiles files;
    private final ScanFindings findings;
    private final CommandScan commands;
    /** The manifests that commands apply, wherever they lie, with the places of the commands. */
    private final Map<Path, Set<String>> applied = new LinkedHashMap<>();

    private final Set<List<Object>> kustomizations = new HashSet<>();

    ManifestScan(ContextFiles files, ScanFindings findings) {
        this.files = files;
        this.findings = findings;
        this.commands = new CommandScan(findings);
    }

    void scan(Collection<Applied> all) throws IOException {
        for (Applied one : all) {
            if (one instanceof Applied.Manifest manifest) {
                manifest(manifest.manifest(), manifest.command());
            } else if (one instanceof Applied.Kustomization kustomization) {
                kustomization(kustomization.directory(), kustomization.command());
            }
        }
        List<Path> standard = standard();
        for (Path file : standard) {
            scan(file, true);
        }
        List<Path> others = new ArrayList<>(applied.keySet());
        others.removeAll(Set.copyOf(standard));
        for (Path file : others) {
            scan(file, false);
        }
        for (Applied one : all) {
            commands.scan(one);
        }
    }

    private List<Path> standard() throws IOException {
        return files.below(StandardDirectory.MANIFESTS).stream()
                .filter(it -> MANIFEST.matcher(files.name(it).toLowerCase(Locale.ROOT))
                        .matches())
                .toList();
    }

    private void scan(Path file, boolean standard) throws IOException {
        String name = files.name(file);
        if (!findings.ignores().leavesOut(name)) {
            List<String> places = List.copyOf(applied.getOrDefault(file, Set.of()));
            try (InputStream in = Files.newInputStream(file)) {
                findings.manifest(Source.applied(name, places), standard, in);
            }
        }
    }

    private void manifest(Path file, String commandPlace) {
        applied.computeIfAbsent(file, it -> new LinkedHashSet<>()).add(commandPlace);
    }

    /** The kustomization of a directory of the context, which the command at the place builds and applies. */
    void kustomization(Path directory, String commandPlace) throws IOException {
        if (!kustomizations.add(List.of(directory, commandPlace))) {
            return;
        }
        for (String name : KUSTOMIZATIONS) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file) && files.isInside(file)) {
                manifest(file, commandPlace);
                resources(directory, file, commandPlace);
                return;
            }
        }
        findings.problem(
                Kind.UNREAD,
                files.name(directory),
                0,
                "the directory has no kustomization, which " + commandPlace + " applies");
    }

    private void resources(Path directory, Path kustomization, String commandPlace) throws IOException {
        YamlNode root;
        try {
            root = YamlTree.parse(Files.readString(kustomization), 1);
        } catch (YamlFormatException e) {
            // Scanning the file reports it.
            return;
        }
        for (String key : RESOURCES) {
            YamlNode list = root == null ? null : root.get(key);
            for (YamlNode item : list == null ? List.<YamlNode>of() : list.items()) {
                resource(directory.resolve(item.text()).normalize(), item, kustomization, commandPlace);
            }
        }
    }

    private void resource(Path resource, YamlNode item, Path kustomization, String commandPlace) throws IOException {
        if (Files.isDirectory(resource) && files.isInside(resource)) {
            kustomization(resource, commandPlace);
        } else if (Files.isRegularFile(resource) && files.isInside(resource)) {
            manifest(resource, commandPlace);
        } else {
            boolean remote = item.text().matches("[a-z]+://.*|[^/]+\\.[^/]+/[^/]+/.*");
            findings.problem(
                    remote ? Kind.REMOTE : Kind.UNREAD,
                    files.name(kustomization),
                    item.line(),
                    "the resource '" + item.text() + "' is not in the context directory; its images are not known");
        }
    }
}
