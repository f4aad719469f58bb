package io.sealos.images.internal.scan;

import io.sealos.images.StandardDirectory;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.install.Applied;
import io.sealos.images.internal.install.InstalledChart;
import io.sealos.images.internal.template.TemplateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
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

/**
 * Scans the manifests of the standard directory, and the other manifests that commands apply. No file is scanned twice.
 */
public final class ManifestScan {
    private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json|tmpl)");

    private static final long LARGEST = 64L << 20;

    private final ContextFiles files;
    private final ScanFindings findings;
    private final CommandScan commands;
    /** The manifests that commands apply, in any directory, with the places of the commands. */
    private final Map<Path, Set<String>> applied = new LinkedHashMap<>();

    private final KustomizeScan kustomizations;
    private final DeploymentScan deployments;
    private final TemplateScan templates;

    public ManifestScan(ContextFiles files, ScanFindings findings, TemplateScan templates, ChartOptions charts) {
        this.files = files;
        this.findings = findings;
        this.templates = templates;
        this.kustomizations = new KustomizeScan(files, findings, new KustomizedCharts(charts, files.context()));
        this.deployments = new DeploymentScan(files, findings, kustomizations);
        this.commands = new CommandScan(findings);
    }

    public void scan(Collection<Applied> all) throws IOException {
        for (Applied one : all) {
            if (one instanceof Applied.Manifest manifest) {
                manifest(manifest.manifest(), manifest.command());
            } else if (one instanceof Applied.Kustomization kustomization) {
                kustomizations.addApplied(kustomization.directory(), kustomization.command(), kustomization.built());
            }
        }
        kustomizations.addManifests();
        Set<Path> replaced = new HashSet<>(kustomizations.replacedFiles());
        replaced.removeAll(applied.keySet());
        List<Path> standard = standard();
        replaced.addAll(overwritten(standard));
        for (Path file : standard) {
            boolean linked = !replaced.isEmpty() && Files.isSymbolicLink(file);
            scan(file, true, replaced.contains(linked ? files.followed(file) : file));
        }
        List<Path> others = new ArrayList<>(applied.keySet());
        others.removeAll(Set.copyOf(standard));
        for (Path file : others) {
            scan(file, false, false);
        }
        for (Applied one : all) {
            commands.scan(one);
        }
        // What an object deploys is scanned in the form that the object gives to it.
        deployments.evaluate();
        scanKustomizations();
    }

    /** Scans the kustomizations, and the files of those that cannot be evaluated as they are. */
    private void scanKustomizations() throws IOException {
        kustomizations.scan();
        for (Map.Entry<Path, Set<String>> part :
                kustomizations.takeUnevaluated().entrySet()) {
            Path file = part.getKey();
            boolean known = files.name(file).startsWith(StandardDirectory.MANIFESTS + "/") || applied.containsKey(file);
            part.getValue().forEach(it -> manifest(file, it));
            if (!known) {
                scan(file, false, false);
            }
        }
    }

    /**
     * Scans the directories that objects of Flux and Argo CD deploy, and those of the objects in them.
     *
     * @return the charts among the directories that were found since the last call
     */
    public List<InstalledChart> deployed() throws IOException {
        do {
            for (ArgoDirectory directory : deployments.takeDirectories()) {
                scan(directory);
            }
            scanKustomizations();
        } while (deployments.evaluate());
        return deployments.takeCharts();
    }

    private void scan(ArgoDirectory directory) throws IOException {
        for (Path file : directory.manifests(files)) {
            String name = files.name(file);
            if (ArgoDirectory.isProgram(file)) {
                findings.problem(name, 0, "is a program that prints manifests, which is not run here");
            } else if (!name.startsWith(StandardDirectory.MANIFESTS + "/") && !applied.containsKey(file)) {
                manifest(file, directory.deployment().place());
                scan(file, false, false);
            }
        }
    }

    /** {@return the files that sealos overwrites with a rendered template} */
    private static List<Path> overwritten(List<Path> standard) {
        List<Path> overwritten = new ArrayList<>();
        for (Path file : standard) {
            if (TemplateFiles.isTemplate(file)) {
                overwritten.add(TemplateFiles.target(file));
            }
        }
        return overwritten;
    }

    private List<Path> standard() throws IOException {
        return files.below(StandardDirectory.MANIFESTS).stream()
                .filter(it -> MANIFEST.matcher(files.name(it).toLowerCase(Locale.ROOT))
                        .matches())
                .toList();
    }

    private static void checkInterrupt(String name) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while " + name + " was read");
        }
    }

    private void scan(Path file, boolean standard, boolean replaced) throws IOException {
        String name = files.name(file);
        checkInterrupt(name);
        if (findings.ignores().leavesOut(name)) {
            return;
        }
        if (!Files.isRegularFile(file)) {
            findings.problem(name, 0, "is not a regular file, so it was not read");
            return;
        }
        if (Files.size(file) > LARGEST) {
            findings.problem(
                    name,
                    0,
                    "is larger than " + LARGEST + " bytes and was not read; split it, or put it elsewhere if it is"
                            + " not a manifest");
            return;
        }
        Source source = Source.applied(name, List.copyOf(applied.getOrDefault(file, Set.of())));
        if (TemplateScan.isTemplate(file)) {
            templates.scan(file, source, standard);
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (replaced) {
                findings.replacedManifest(source, standard, in);
            } else {
                findings.manifest(source, standard, in);
            }
        }
    }

    private void manifest(Path file, String commandPlace) {
        applied.computeIfAbsent(file, it -> new LinkedHashSet<>()).add(commandPlace);
    }
}
