package io.sealos.layout.internal.rule;

import io.sealos.images.Digest;
import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.images.SealosPlace;
import io.sealos.images.StandardDirectory;
import io.sealos.internal.text.Count;
import io.sealos.kubefile.Argument;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.SourceRange;
import io.sealos.kubefile.Stage;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.FindingSink;
import io.sealos.layout.KubefileEdit;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules about the images that the application runs, and their way into the cluster image. */
final class ImageRules {
    private static final String REPOSITORIES = StandardDirectory.REGISTRY + "/docker/registry/v2/repositories/";

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "registry-not-copied",
                    Severity.WARNING,
                    "The application runs images, but no COPY brings the registry directory to where sealos looks in the cluster image.",
                    ImageRules::registryNotCopied),
            LayoutRule.of(
                    "registry-tag-replaced",
                    Severity.INFO,
                    "The registry directory has a tag already that a build saves anew.",
                    ImageRules::tagReplaced),
            LayoutRule.of(
                    "image-without-version",
                    Severity.INFO,
                    "An image has no tag or the tag latest, so every build may ship another one.",
                    ImageRules::withoutVersion),
            LayoutRule.of(
                    "image-digest-only",
                    Severity.WARNING,
                    "An image is named so that sealos saves it by its digest alone, and it only syncs tags.",
                    ImageRules::digestOnly),
            LayoutRule.of(
                    "image-path-collision",
                    Severity.WARNING,
                    "Two images land on one path, because sealos drops the registry, and the digest beside a tag.",
                    ImageRules::collision));

    private ImageRules() {}

    private static void registryNotCopied(ClusterImageLayout layout, FindingSink findings) {
        int count = layout.images().references().size();
        if (layout.isCopied(RegistryPlace.PATH) && !RegistryPlace.isLost(layout)) {
            RegistryPlace.reportWrong(layout, findings);
            return;
        }
        if (count == 0 || layout.evaluation().isEmpty()) {
            return;
        }
        String message =
                "the application runs " + Count.of(count, "image") + ", and the cluster image would contain none";
        FindingSink missing = findings.withIdentity("no images");
        String fix = "add 'COPY registry registry' to the build file, and keep the directory out of the ignore file";
        Optional<SourceRange> last = lastCopy(layout).filter(it -> !isIgnored(layout));
        if (last.isPresent()) {
            String text = last.get().text() + "\nCOPY registry registry";
            missing.report(last.get(), message, fix, new KubefileEdit(last.get(), text));
        } else {
            missing.report(StandardDirectory.REGISTRY, message, fix);
        }
    }

    private static boolean isIgnored(ClusterImageLayout layout) {
        return layout.ignoreRules().isExcluded(StandardDirectory.REGISTRY + "/docker");
    }

    private static Optional<SourceRange> lastCopy(ClusterImageLayout layout) {
        return layout.evaluation().stream()
                .flatMap(it -> it.copies().stream())
                .map(CopyStep::instruction)
                .reduce((earlier, later) -> later)
                .map(it -> it.range());
    }

    private static void tagReplaced(ClusterImageLayout layout, FindingSink findings) {
        for (ImageReference reference : layout.images().references()) {
            String tag = reference.tag().orElse("latest");
            String directory = REPOSITORIES + path(reference) + "/_manifests/tags/" + tag;
            boolean linked = reference.digest().isEmpty() || reference.tag().isPresent();
            if (linked && layout.file(directory).isPresent()) {
                findings.report(
                        directory,
                        "the directory has " + path(reference) + ":" + tag + " already; a build that saves images puts "
                                + reference + " in its place",
                        "remove the tag from the directory, or build without saving images to keep it");
            }
        }
    }

    private static void withoutVersion(ClusterImageLayout layout, FindingSink findings) {
        baseWithoutVersion(layout, findings);
        KustomizedImages kustomized = KustomizedImages.of(layout);
        for (ImageReference reference : layout.images().references()) {
            boolean latest = reference.tag().filter("latest"::equals).isPresent();
            boolean untagged = reference.tag().isEmpty();
            if (reference.digest().isEmpty() && (latest || untagged) && !kustomized.isReplaced(reference)) {
                Optional<String> template =
                        layout.images().occurrences(reference).get(0).template();
                report(
                        layout,
                        findings,
                        reference,
                        reference.familiarString()
                                + template.map(it -> " in " + it).orElse("")
                                + (latest ? " has the tag latest" : " has no tag, which means latest")
                                + ": each build ships the version that is newest on its day, tested or not",
                        template.map(it -> "set the version that was tested in the values of the chart")
                                .orElse("name the version that was tested: " + reference.familiarName() + ":TAG"));
            }
        }
    }

    /** Reports the images of FROM that have no version. */
    private static void baseWithoutVersion(ClusterImageLayout layout, FindingSink findings) {
        KubefileEvaluation evaluation = layout.evaluation().orElse(null);
        if (evaluation == null) {
            return;
        }
        for (Stage stage : evaluation.stages()) {
            if (!stage.isFromScratch() && stage.baseStage().isEmpty()) {
                String written = stage.from().base().map(Argument::text).orElse("");
                reportBase(findings, stage.from().range(), stage.base(), written.indexOf('$') >= 0);
            }
        }
    }

    private static void reportBase(FindingSink findings, SourceRange place, String base, boolean hasVariable) {
        Optional<ImageReference> image =
                reference(base).filter(it -> it.digest().isEmpty());
        Optional<String> lack = image.filter(
                        it -> it.tag().filter(tag -> !tag.equals("latest")).isEmpty())
                .map(it -> it.tag().isPresent() ? " has the tag latest" : " has no tag, which means latest");
        if (lack.isPresent()) {
            findings.report(
                    place,
                    image.get().familiarString() + lack.get()
                            + ": each build begins with the version that is newest on its day, tested or not",
                    (hasVariable ? "let the variable name" : "name") + " the version that was tested: "
                            + image.get().familiarName() + ":TAG");
        }
    }

    private static Optional<ImageReference> reference(String text) {
        try {
            return Optional.of(ImageReference.parse(text));
        } catch (ImageReferenceException e) {
            return Optional.empty(); // The evaluation or the build reports it.
        }
    }

    private static void digestOnly(ClusterImageLayout layout, FindingSink findings) {
        for (ImageReference reference : layout.images().references()) {
            boolean both = reference.digest().isPresent() && reference.tag().isPresent();
            if (reference.digest().isPresent() && (!both || isListed(layout, reference))) {
                report(
                        layout,
                        findings,
                        reference,
                        reference.familiarName()
                                + (both
                                        ? " has a tag and a digest, of which sealos drops the tag in a list: it"
                                        : " is named by its digest alone: sealos")
                                + " saves the image without a tag, and then syncs no image at all to the cluster's"
                                + " registry",
                        both
                                ? "name the tag alone in the list"
                                : "name its tag as well, or build with this library, which gives it a tag");
            }
        }
    }

    /**
     * {@return whether a list names the image} Sealos keeps the digest of images in lists, but the tag of images in
     * manifests and charts.
     */
    private static boolean isListed(ClusterImageLayout layout, ImageReference reference) {
        return layout.images().occurrences(reference).stream()
                .anyMatch(it -> it.file().startsWith(StandardDirectory.SHIM + "/"));
    }

    private static void collision(ClusterImageLayout layout, FindingSink findings) {
        Map<String, Set<ImageReference>> paths = new LinkedHashMap<>();
        for (ImageReference reference : layout.images().references()) {
            if (reference.digest().isEmpty() || reference.tag().isPresent()) {
                String path = path(reference) + ":" + reference.tag().orElse("latest");
                paths.computeIfAbsent(path, it -> new LinkedHashSet<>()).add(reference);
            }
        }
        paths.forEach((path, references) -> {
            List<String> registries = distinct(references, it -> Stream.of(it.registry()));
            List<String> digests =
                    distinct(references, it -> it.digest().stream().map(Digest::toString));
            if (registries.size() > 1 || digests.size() > 1) {
                report(
                        layout,
                        findings.withIdentity(path + (registries.size() > 1 ? " of registries" : " by digests")),
                        references.iterator().next(),
                        path + " is asked for "
                                + (registries.size() > 1
                                        ? "from " + String.join(" and ", registries)
                                        : "by " + Count.of(digests.size(), "digest"))
                                + ", but the cluster's registry keeps one image of that name",
                        registries.size() > 1
                                ? "use one registry for it, or different names or tags"
                                : "name the same digest everywhere, or different tags");
            }
        });
    }

    /**
     * {@return the repository in which sealos stores the image, without the host} Sealos treats {@code localhost} as a
     * part of the path.
     */
    private static String path(ImageReference reference) {
        return SealosPlace.ofImage(reference.toString()).repository().orElse(reference.repository());
    }

    private static List<String> distinct(
            Set<ImageReference> references, Function<ImageReference, Stream<String>> part) {
        return references.stream().flatMap(part).distinct().toList();
    }

    private static void report(
            ClusterImageLayout layout, FindingSink findings, ImageReference reference, String message, String fix) {
        ImageOccurrence first = layout.images().occurrences(reference).get(0);
        Optional<SourceRange> line = first.template().isPresent()
                ? Optional.empty()
                : Lines.of(layout, first.file(), first.line(), reference.familiarString());
        if (line.isPresent()) {
            findings.report(first.file(), line.get(), message, fix);
        } else {
            findings.report(first.file(), message, fix);
        }
    }
}
