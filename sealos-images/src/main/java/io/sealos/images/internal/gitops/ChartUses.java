package io.sealos.images.internal.gitops;

import static io.sealos.images.internal.gitops.SiteObject.text;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which charts the objects of Flux, Argo CD and k3s install. */
final class ChartUses {
    private static final String FLUX_SOURCE = "source.toolkit.fluxcd.io/";

    private final SiteObjects objects;

    ChartUses(SiteObjects objects) {
        this.objects = objects;
    }

    /** {@return the charts that an object installs} */
    List<ChartUse> of(SiteObject object) {
        return switch (object.type()) {
            case "helm.toolkit.fluxcd.io/HelmRelease" -> flux(object).stream().toList();
            case "helm.cattle.io/HelmChart" -> k3s(object).stream().toList();
            default ->
                sources(object).stream()
                        .flatMap(it -> argo(object, it).stream())
                        .toList();
        };
    }

    private Optional<ChartUse> flux(SiteObject release) {
        YamlNode reference = release.node("spec.chartRef");
        if (reference != null && reference.textOf("kind").equals("OCIRepository")) {
            Optional<SiteObject> source = referred(release, reference);
            String address = source.map(it -> it.text("spec.url")).orElse("");
            String name = address.isEmpty() ? reference.textOf("name") : last(address);
            String version = source.map(ChartUses::ociVersion).orElse("");
            return Optional.of(flux(
                    release,
                    name,
                    version,
                    address,
                    source.map(ChartUses::repository).orElse(OciArtifact.tagged("", ""))));
        }
        YamlNode spec = reference == null
                ? release.node("spec.chart.spec")
                : referred(release, reference).map(it -> it.node("spec")).orElse(null);
        String chart = text(spec, "chart");
        YamlNode source = spec == null ? null : spec.get("sourceRef");
        Optional<SiteObject> repository = source == null ? Optional.empty() : referred(release, source);
        String url = repository.map(it -> it.text("spec.url")).orElse("");
        String name = chart.isEmpty() && reference != null ? reference.textOf("name") : last(chart);
        String version = text(spec, "version");
        String address = joined(url, chart);
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(flux(release, name, version, address, OciArtifact.chart(address, version)));
    }

    private Optional<SiteObject> referred(SiteObject by, YamlNode reference) {
        String namespace = reference.textOf("namespace");
        return objects.find(
                FLUX_SOURCE + reference.textOf("kind"),
                namespace.isEmpty() ? by.namespace() : namespace,
                reference.textOf("name"));
    }

    private ChartUse flux(SiteObject release, String name, String version, String address, OciArtifact artifact) {
        ObjectValues values = new ObjectValues(objects, release)
                .from(release.node("spec.valuesFrom"))
                .mapping(release.node("spec.values"));
        String target = release.text("spec.targetNamespace");
        String named = release.text("spec.releaseName");
        return new ChartUse(
                release,
                name,
                version,
                address,
                artifact,
                !named.isEmpty() ? named : (target.isEmpty() ? "" : target + "-") + release.name(),
                target.isEmpty() ? release.namespace() : target,
                values.values(),
                values.unknown());
    }

    /** {@return the tag, digest or range of a Flux OCIRepository, which prefers them in the opposite order} */
    static String ociVersion(SiteObject repository) {
        return Stream.of("digest", "semver", "tag")
                .map(it -> repository.text("spec.ref." + it))
                .filter(it -> !it.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** {@return the artifact of a Flux OCIRepository} */
    static OciArtifact repository(SiteObject repository) {
        String version = ociVersion(repository);
        boolean range = repository.text("spec.ref.digest").isEmpty()
                && !repository.text("spec.ref.semver").isEmpty();
        String address = repository.text("spec.url");
        return range ? OciArtifact.range(address, version) : OciArtifact.tagged(address, version);
    }

    private Optional<ChartUse> k3s(SiteObject chart) {
        String written = chart.text("spec.chart");
        ObjectValues values = new ObjectValues(objects, chart).text(chart.text("spec.valuesContent"));
        objects.find("helm.cattle.io/HelmChartConfig", chart.namespace(), chart.name())
                .ifPresent(it -> values.text(it.text("spec.valuesContent")));
        YamlNode set = chart.node("spec.set");
        for (YamlNode.Entry entry : set == null ? List.<YamlNode.Entry>of() : set.entries()) {
            values.setting(entry.key(), entry.value().text(), !entry.value().isPlain());
        }
        String repo = chart.text("spec.repo");
        String name = last(written).replaceAll("-?[0-9][0-9.]{0,30}[^/]{0,30}\\.tgz$|\\.tgz$", "");
        String version = chart.text("spec.version");
        if (written.isEmpty() && chart.text("spec.chartContent").isEmpty()) {
            return Optional.empty();
        }
        String address = repo.isEmpty() ? (written.contains("://") ? written : "") : joined(repo, written);
        return Optional.of(new ChartUse(
                chart,
                written.isEmpty() ? chart.name() : name,
                version,
                address,
                OciArtifact.chart(address, version),
                chart.name(),
                chart.text("spec.targetNamespace"),
                values.values(),
                values.unknown()));
    }

    /** {@return the sources of an Application, or of the template of an ApplicationSet} */
    static List<YamlNode> sources(SiteObject object) {
        String spec = object.kind().equals("ApplicationSet") ? "spec.template.spec." : "spec.";
        List<YamlNode> sources = new ArrayList<>();
        YamlNode one = object.node(spec + "source");
        YamlNode several = object.node(spec + "sources");
        if (several != null && !several.items().isEmpty()) {
            sources.addAll(several.items());
        } else if (one != null) {
            sources.add(one);
        }
        return sources;
    }

    private Optional<ChartUse> argo(SiteObject application, YamlNode source) {
        String chart = source.textOf("chart");
        if (chart.isEmpty()) {
            return Optional.empty();
        }
        ObjectValues values = argoValues(application, source.get("helm"));
        String named = text(source, "helm.releaseName");
        String destination = application.kind().equals("ApplicationSet")
                ? "spec.template.spec.destination.namespace"
                : "spec.destination.namespace";
        String address = joined(source.textOf("repoURL"), chart);
        String revision = source.textOf("targetRevision");
        return Optional.of(new ChartUse(
                application,
                last(chart),
                revision,
                address,
                OciArtifact.revision(address, revision),
                named.isEmpty() ? application.name() : named,
                application.text(destination),
                values.values(),
                values.unknown()));
    }

    private ObjectValues argoValues(SiteObject application, @Nullable YamlNode helm) {
        ObjectValues values = new ObjectValues(objects, application);
        if (helm == null) {
            return values;
        }
        for (String list : List.of("valueFiles", "fileParameters")) {
            YamlNode files = helm.get(list);
            if (files != null && !files.items().isEmpty()) {
                values.unknown("the files of " + list);
            }
        }
        YamlNode object = helm.get("valuesObject");
        if (object != null && object.isMapping()) {
            values.mapping(object);
        } else {
            values.text(helm.textOf("values"));
        }
        YamlNode parameters = helm.get("parameters");
        for (YamlNode it : parameters == null ? List.<YamlNode>of() : parameters.items()) {
            boolean text = it.textOf("forceString").equals("true");
            values.setting(it.textOf("name"), it.textOf("value"), text);
        }
        return values;
    }

    private static String joined(String address, String name) {
        return address.isEmpty() ? "" : (address.endsWith("/") ? address : address + "/") + name;
    }

    private static String last(String path) {
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return plain.substring(plain.lastIndexOf('/') + 1);
    }
}
