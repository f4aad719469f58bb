package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.images.ScanProblem;
import io.sealos.internal.text.Count;
import io.sealos.internal.text.Printable;
import io.sealos.layout.Finding;
import io.sealos.oci.internal.progress.Amounts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a plan for people. */
final class PlanText {
    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    static String of(BuildPlan plan) {
        PlanText text = new PlanText();
        text.name(plan);
        text.lines(
                "Delta, without blobs of these bases:",
                Stream.concat(plan.deltaBases().stream().map(Digest::toString), plan.deltaNotice().stream())
                        .toList());
        plan.platformPlans().forEach(text::layers);
        text.images("Images that the application runs:", plan.images(), plan);
        text.images("Artifacts that controllers fetch:", plan.artifacts(), plan);
        text.lines(
                "Images that other values of charts would need:",
                plan.inventory().whatIf().stream()
                        .flatMap(it -> it.toText().lines())
                        .toList());
        text.lines(
                "What controllers fetch at the site:",
                plan.inventory().siteNeeds().stream()
                        .map(it -> it + "; " + it.fix())
                        .toList());
        text.lines(
                "Gaps, where images may be missing:",
                plan.gaps().stream().map(it -> it + "; " + it.fix()).toList());
        text.lines(
                "Findings:",
                plan.findings().stream()
                        .filter(it -> !isOfGap(it, plan.gaps()))
                        .map(Finding::toString)
                        .toList());
        return text.text.toString();
    }

    /** {@return whether a finding reports a gap, which is shown as such; that of a chart may be at one of its files} */
    private static boolean isOfGap(Finding finding, List<ScanProblem> gaps) {
        return gaps.stream()
                .anyMatch(it -> (finding.path() + "/").startsWith(it.file() + "/")
                        && it.message().equals(finding.message()));
    }

    private void name(BuildPlan plan) {
        String tags = plan.tags().stream().map(ImageReference::familiarString).collect(Collectors.joining(", "));
        line(0, "Image " + (tags.isEmpty() ? "without a name" : tags) + ", created " + plan.created());
    }

    private void layers(PlatformPlan plan) {
        text.append('\n');
        line(0, "Layers for " + plan.platform() + ":");
        for (PlannedLayer layer : plan.layers()) {
            line(1, layer.instruction() + ": " + content(layer));
        }
        plan.unreadBases().forEach(it -> line(1, "the layers of the base image " + it + ", which was not read"));
    }

    private static String content(PlannedLayer layer) {
        long files = layer.files().size();
        String size = Count.of(files, "entry") + ", " + Amounts.size(layer.size());
        return layer.hasSavedImages() ? size + ", and the saved images" : size;
    }

    private void images(String title, List<ImageReference> images, BuildPlan plan) {
        if (!images.isEmpty()) {
            text.append('\n');
            line(0, title);
        }
        for (ImageReference image : images) {
            line(1, image.toString());
            plan.askedAt(image).forEach(it -> line(2, it));
        }
    }

    private void lines(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n');
            line(0, title);
            lines.forEach(it -> line(1, it));
        }
    }

    private void line(int depth, String line) {
        text.append("  ".repeat(depth)).append(Printable.message(line)).append('\n');
    }
}
