package io.sealos.images.internal.gitops;

import io.sealos.images.ScanProblem;
import io.sealos.images.SiteNeed;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.gitops.LocalCharts.LocalChart;
import io.sealos.images.internal.install.InstalledChart;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds what the controllers of the collected objects fetch at the site. If a chart lies in the standard directory, it
 * is rendered with the values of its object; otherwise its images are not known, which is a gap.
 */
public final class SiteScan {
    private static final String LIST = "list its images in a file of images/shim, and accept this gap";
    private static final String CHART =
            "put this version of the chart into charts/, where it is rendered with the values" + " of the object; or "
                    + LIST;

    /** A problem with an object. */
    public record Problem(ScanProblem.Kind kind, String file, int line, String message, String fix) {}

    /** The results for some objects, in their order. */
    public record Result(List<SiteNeed> needs, List<Problem> problems, List<InstalledChart> charts) {}

    private final SiteObjects objects;
    private final ChartUses uses;
    private final LocalCharts charts;
    private final boolean savesArtifacts;
    private int read;

    /**
     * Creates a scan of objects.
     *
     * @param savesArtifacts whether artifacts in registries are saved, so that those without a fixed name are gaps
     */
    public SiteScan(ContextFiles files, SiteObjects objects, boolean savesArtifacts) {
        this.objects = objects;
        this.savesArtifacts = savesArtifacts;
        this.uses = new ChartUses(objects);
        this.charts = new LocalCharts(files);
    }

    /** {@return the results for the objects that have been added since the last call} */
    public Result next() throws IOException {
        List<SiteObject> added =
                List.copyOf(objects.all().subList(read, objects.all().size()));
        read = objects.all().size();
        Result result = new Result(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (SiteObject object : objects.distinct(added)) {
            for (ChartUse use : uses.of(object)) {
                chart(use, result);
            }
            others(object, result);
        }
        return result;
    }

    private static void need(SiteNeed.Kind kind, SiteObject by, String address, String version, Result result) {
        result.needs().add(of(kind, by, address, version));
    }

    /** Reports an artifact. If it is in a registry and is to be saved, but is not known, that is a gap. */
    private void need(SiteNeed need, OciArtifact artifact, Result result) {
        result.needs().add(artifact.reference().map(need::withArtifact).orElse(need));
        if (savesArtifacts && !artifact.problem().isEmpty()) {
            result.problems()
                    .add(new Problem(
                            ScanProblem.Kind.NOT_SAVABLE,
                            need.file(),
                            need.line(),
                            need.object() + " fetches " + need.address() + ", which cannot be saved: "
                                    + artifact.problem(),
                            "name one version, by its tag or digest; or provide the artifact at the site, and accept"
                                    + " this gap"));
        }
    }

    private static SiteNeed of(SiteNeed.Kind kind, SiteObject by, String address, String version) {
        return SiteNeed.of(kind, by.file(), by.line(), by.title(), address, version);
    }

    private static void gap(SiteObject by, String problem, String fix, Result result) {
        result.problems()
                .add(new Problem(ScanProblem.Kind.REMOTE, by.file(), by.line(), by.title() + " " + problem, fix));
    }

    private void chart(ChartUse use, Result result) throws IOException {
        need(of(SiteNeed.Kind.CHART, use.by(), use.address(), use.version()), use.artifact(), result);
        List<LocalChart> named = charts.named(use.name());
        Predicate<LocalChart> exact = it -> it.version().equals(use.version());
        List<LocalChart> taken = named.stream()
                .filter(use.isUnpinned() ? it -> named.size() == 1 : exact)
                .toList();
        if (taken.isEmpty() || use.by().inChart()) {
            gap(use.by(), notKnown(use, named, taken), CHART, result);
            return;
        }
        if (use.isUnpinned()) {
            assumed(
                    use,
                    "does not name the version of the chart " + use.name() + ", and "
                            + taken.get(0).file() + " was taken",
                    "name the version",
                    result);
        }
        use.unknown()
                .forEach(it -> assumed(
                        use,
                        "takes values from " + it + ", which were not read; the chart was rendered without them",
                        "put them into the object; or where they bring other images, list these in a file of"
                                + " images/shim",
                        result));
        result.charts().add(installed(use, taken.get(0)));
    }

    private static void assumed(ChartUse use, String problem, String fix, Result result) {
        SiteObject by = use.by();
        result.problems()
                .add(new Problem(ScanProblem.Kind.ASSUMED, by.file(), by.line(), by.title() + " " + problem, fix));
    }

    private String notKnown(ChartUse use, List<LocalChart> named, List<LocalChart> taken) {
        boolean saved = savesArtifacts && use.artifact().reference().isPresent();
        String from = use.address().isEmpty() ? "" : " from " + use.address() + (saved ? ", which is saved" : "");
        String installs = "installs the chart " + use.shown() + from;
        if (!taken.isEmpty()) {
            return installs + " with values that a chart renders, so its images are not known";
        }
        if (named.isEmpty()) {
            return installs + ", so its images are not known";
        }
        LocalChart other = named.get(0);
        return installs + ", and " + other.file() + " has the version " + other.version()
                + ", so its images are not known";
    }

    private static InstalledChart installed(ChartUse use, LocalChart chart) {
        SiteObject by = use.by();
        String release = use.release().matches("[a-z0-9]([-a-z0-9.]{0,51}[a-z0-9])?") ? use.release() : "release";
        String namespace = use.namespace().matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?") ? use.namespace() : "default";
        return new InstalledChart(
                by.file(), by.line(), by.kind(), release, namespace, chart.path(), use.values(), false);
    }

    private void others(SiteObject object, Result result) {
        switch (object.type()) {
            case "source.toolkit.fluxcd.io/OCIRepository" ->
                need(
                        of(SiteNeed.Kind.OCI_ARTIFACT, object, object.text("spec.url"), ChartUses.ociVersion(object)),
                        ChartUses.repository(object),
                        result);
            case "source.toolkit.fluxcd.io/GitRepository" ->
                need(SiteNeed.Kind.GIT_REPOSITORY, object, object.text("spec.url"), gitVersion(object), result);
            case "source.toolkit.fluxcd.io/Bucket" ->
                need(
                        SiteNeed.Kind.BUCKET,
                        object,
                        object.text("spec.endpoint") + "/" + object.text("spec.bucketName"),
                        "",
                        result);
            case "argoproj.io/Application", "argoproj.io/ApplicationSet" -> directories(object, result);
            case "operators.coreos.com/CatalogSource" -> catalog(object, result);
            case "operators.coreos.com/Subscription" -> subscription(object, result);
            case "olm.operatorframework.io/ClusterCatalog" ->
                image(SiteNeed.Kind.CATALOG, object, "spec.source.image.ref", result);
            case "olm.operatorframework.io/ClusterExtension" ->
                operator(object, "spec.source.catalog.packageName", "spec.source.catalog.version", result);
            case "pkg.crossplane.io/Provider", "pkg.crossplane.io/Function", "pkg.crossplane.io/Configuration" ->
                crossplane(object, result);
            default -> {
                // The object fetches nothing itself.
            }
        }
    }

    private static String gitVersion(SiteObject object) {
        for (String field : List.of("commit", "name", "semver", "tag", "branch")) {
            String text = object.text("spec.ref." + field);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /**
     * Reports the sources of an Application that are directories, not charts. Whether the context directory has those
     * of an Application is reported by its own scan; those of an ApplicationSet are gaps.
     */
    private void directories(SiteObject object, Result result) {
        for (YamlNode source : ChartUses.sources(object)) {
            if (!source.isMapping() || !source.textOf("chart").isEmpty()) {
                continue;
            }
            String address = source.textOf("repoURL");
            String revision = source.textOf("targetRevision");
            if (address.startsWith("oci://")) {
                SiteNeed need = of(SiteNeed.Kind.OCI_ARTIFACT, object, address, revision);
                need(need, OciArtifact.revision(address, revision), result);
            } else {
                need(SiteNeed.Kind.GIT_REPOSITORY, object, address, revision, result);
            }
            if (!object.kind().equals("ApplicationSet")) {
                continue;
            }
            if (source.textOf("ref").isEmpty() || !source.textOf("path").isEmpty()) {
                String path = source.textOf("path");
                gap(
                        object,
                        "applies " + (path.isEmpty() ? "all" : "the directory " + path) + " of " + address
                                + ", so its images are not known",
                        "put its manifests into manifests/; or " + LIST,
                        result);
            }
        }
    }

    private void catalog(SiteObject object, Result result) {
        if (object.text("spec.image").isEmpty()) {
            need(SiteNeed.Kind.CATALOG, object, object.text("spec.address"), "", result);
        } else {
            image(SiteNeed.Kind.CATALOG, object, "spec.image", result);
        }
    }

    /** Reports an artifact that a field names like an image. */
    private void image(SiteNeed.Kind kind, SiteObject object, String field, Result result) {
        String image = object.text(field);
        need(of(kind, object, image, ""), OciArtifact.image(image), result);
    }

    private static void subscription(SiteObject object, Result result) {
        // The group also has objects of other products with this kind, which name no catalog.
        if (!object.text("spec.source").isEmpty()) {
            boolean exact = !object.text("spec.startingCSV").isEmpty();
            operator(object, "spec.name", exact ? "spec.startingCSV" : "spec.channel", result);
        }
    }

    private static void operator(SiteObject object, String name, String version, Result result) {
        need(SiteNeed.Kind.CATALOG, object, object.text(name), object.text(version), result);
        gap(
                object,
                "installs the operator " + object.text(name) + " of a catalog, so its images are not known",
                LIST.replace("its images", "the images of the operator"),
                result);
    }

    private void crossplane(SiteObject object, Result result) {
        image(SiteNeed.Kind.PACKAGE, object, "spec.package", result);
        boolean alone = object.text("spec.skipDependencyResolution").equals("true");
        if (object.kind().equals("Configuration") && !alone) {
            gap(
                    object,
                    "installs the packages on which " + object.text("spec.package")
                            + " depends, so their images are not known",
                    "name these packages in manifests, and set spec.skipDependencyResolution to true; or list their"
                            + " images in a file of images/shim, and accept this gap",
                    result);
        }
    }
}
