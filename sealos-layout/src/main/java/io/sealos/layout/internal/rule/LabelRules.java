package io.sealos.layout.internal.rule;

import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.KeyValue;
import io.sealos.kubefile.LabelInstruction;
import io.sealos.kubefile.SealosLabel;
import io.sealos.kubefile.SourceRange;
import io.sealos.kubefile.TraceEntry;
import io.sealos.kubefile.Variable;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.FindingSink;
import io.sealos.layout.KubefileEdit;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules about the labels that sealos reads. */
final class LabelRules {
    private static final Set<String> FORMATS = Set.of("v1beta1", "v1beta2");
    private static final Pattern DOLLAR = Pattern.compile("(?<!\\\\)\\$\\{?([A-Za-z_][A-Za-z0-9_]*+)}?");
    private static final Set<SealosLabel> RUN_LATER = Set.of(
            SealosLabel.INIT,
            SealosLabel.CLEAN,
            SealosLabel.CHECK,
            SealosLabel.INIT_REGISTRY,
            SealosLabel.CLEAN_REGISTRY,
            SealosLabel.INIT_CRI,
            SealosLabel.CLEAN_CRI,
            SealosLabel.VIP,
            SealosLabel.IMAGE);

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "image-type-unknown",
                    Severity.ERROR,
                    "The label of the type has a word that sealos does not know: it neither copies nor runs the image.",
                    LabelRules::typeUnknown),
            LayoutRule.of(
                    "rootfs-type-missing",
                    Severity.WARNING,
                    "The image has the labels of a rootfs, but no type, so sealos treats it as an application.",
                    LabelRules::typeMissing),
            LayoutRule.of(
                    "rootfs-label-missing",
                    Severity.WARNING,
                    "A rootfs has no label of its version of Kubernetes, or of the image format, without which sealos refuses it.",
                    LabelRules::labelMissing),
            LayoutRule.of(
                    "rootfs-version-invalid",
                    Severity.WARNING,
                    "The version of a rootfs, or of its format, is not one that sealos can read.",
                    LabelRules::versionInvalid),
            LayoutRule.of(
                    "label-dollar",
                    Severity.WARNING,
                    "A label has a variable that is lost, because the build expands it and not the run.",
                    LabelRules::dollar));

    private LabelRules() {}

    private static Map<String, String> labels(ClusterImageLayout layout) {
        return layout.evaluation().map(it -> it.config().labels()).orElse(Map.of());
    }

    static void report(ClusterImageLayout layout, FindingSink findings, SealosLabel label, String message, String fix) {
        Optional<SourceRange> place = label.keys().stream()
                .flatMap(key -> layout.evaluation().flatMap(it -> it.trace().label(key)).stream()
                        .flatMap(entry -> entry.instruction().stream())
                        .map(instruction -> Pairs.place(instruction, key)))
                .findFirst();
        if (place.isPresent()) {
            findings.report(place.get(), message, fix);
        } else {
            findings.report(BuildFileRules.kubefileName(layout), message, fix);
        }
    }

    private static void typeUnknown(ClusterImageLayout layout, FindingSink findings) {
        Optional<String> value = SealosLabel.TYPE.value(labels(layout));
        if (value.isEmpty() || layout.type().isPresent()) {
            return;
        }
        List<String> words =
                Arrays.stream(ImageType.values()).map(ImageType::label).toList();
        String near = value.get().toLowerCase(Locale.ROOT).strip();
        report(
                layout,
                findings,
                SealosLabel.TYPE,
                "sealos knows no type '" + value.get() + "', and would neither copy nor run the image",
                words.contains(near) ? "write " + near : "write one of " + String.join(", ", words));
    }

    private static void typeMissing(ClusterImageLayout layout, FindingSink findings) {
        if (layout.isRootfs() && SealosLabel.TYPE.value(labels(layout)).isEmpty()) {
            report(
                    layout,
                    findings,
                    SealosLabel.INIT,
                    "the image has the labels of a rootfs, but no " + SealosLabel.TYPE.key()
                            + ": sealos would take it for an application",
                    "add LABEL " + SealosLabel.TYPE.key() + "=rootfs, or give it with the build");
        }
    }

    private static void labelMissing(ClusterImageLayout layout, FindingSink findings) {
        Map<String, String> labels = labels(layout);
        boolean rootfs = layout.type().filter(it -> it == ImageType.ROOTFS).isPresent();
        if (rootfs && SealosLabel.VERSION.value(labels).isEmpty()) {
            report(
                    layout,
                    findings,
                    SealosLabel.TYPE,
                    "the rootfs has no label version, and sealos does not know which Kubernetes it is",
                    "add LABEL version=…, such as v1.26.0, or give it with the build");
        }
        if (rootfs && SealosLabel.IMAGE_VERSION.value(labels).isEmpty()) {
            report(
                    layout,
                    findings,
                    SealosLabel.TYPE,
                    "the rootfs has no label " + SealosLabel.IMAGE_VERSION.key() + ", and sealos refuses it",
                    "add LABEL " + SealosLabel.IMAGE_VERSION.key() + "=v1beta1");
        }
    }

    private static void versionInvalid(ClusterImageLayout layout, FindingSink findings) {
        if (!layout.isRootfs()) {
            return;
        }
        Map<String, String> labels = labels(layout);
        SealosLabel.IMAGE_VERSION
                .value(labels)
                .filter(it -> !FORMATS.contains(it))
                .ifPresent(it -> report(
                        layout,
                        findings,
                        SealosLabel.IMAGE_VERSION,
                        "'" + it + "' is not a version of the image format",
                        "write v1beta1"));
        SealosLabel.VERSION
                .value(labels)
                .filter(it -> !isSemanticVersion(it))
                .ifPresent(it -> report(
                        layout,
                        findings,
                        SealosLabel.VERSION,
                        "'" + it
                                + "' is not a full version of Kubernetes, and kubeadm refuses it when the cluster is started",
                        "write all three numbers, such as v1.26.0"));
    }

    private static void dollar(ClusterImageLayout layout, FindingSink findings) {
        List<TraceEntry> entries =
                layout.evaluation().map(it -> it.trace().entries()).orElse(List.of());
        for (TraceEntry entry : entries) {
            Optional<KeyValue> pair = entry.instruction()
                    .filter(LabelInstruction.class::isInstance)
                    .flatMap(it -> Pairs.pair(it, entry.key()));
            pair.filter(it -> !it.value().text().startsWith("'")).ifPresent(it -> dollar(entry, it, findings));
        }
    }

    private static void dollar(TraceEntry entry, KeyValue pair, FindingSink findings) {
        Matcher dollar = DOLLAR.matcher(pair.value().text());
        boolean later = RUN_LATER.stream().anyMatch(it -> it.keys().contains(entry.key()));
        while (dollar.find()) {
            String name = dollar.group(1);
            boolean known = entry.variables().stream().map(Variable::name).anyMatch(name::equals);
            if (later || !known) {
                String source = pair.value().range().text();
                findings.report(
                        pair.value().range(),
                        "the build puts " + (known ? "its own value of $" + name : "nothing for $" + name)
                                + " into the label " + entry.key() + ", so the run sees no variable",
                        "write \\$" + name,
                        new KubefileEdit(
                                pair.value().range(), DOLLAR.matcher(source).replaceAll("\\\\$0")));
                return;
            }
        }
    }

    private static boolean isSemanticVersion(String text) {
        return text.matches(
                "v?(0|[1-9][0-9]*+)\\.(0|[1-9][0-9]*+)\\.(0|[1-9][0-9]*+)(-[0-9A-Za-z.-]++)?(\\+[0-9A-Za-z.-]++)?");
    }
}
