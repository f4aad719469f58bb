package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.SealosLabel;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules about the scripts of a rootfs, which labels name and which are in {@code scripts}. */
final class RootfsRules {
    /** The scripts that sealos runs by default, by their labels. */
    private static final List<SealosLabel> BY_DEFAULT = List.of(
            SealosLabel.CHECK,
            SealosLabel.INIT,
            SealosLabel.CLEAN,
            SealosLabel.INIT_REGISTRY,
            SealosLabel.CLEAN_REGISTRY);

    private static final List<SealosLabel> IF_NAMED = List.of(SealosLabel.INIT_CRI, SealosLabel.CLEAN_CRI);
    private static final Pattern PLAIN = Pattern.compile("[\\w.+/-]+");

    static final List<LayoutRule> ALL = List.of(LayoutRule.of(
            "rootfs-script-missing",
            Severity.WARNING,
            "A rootfs lacks a script in scripts that sealos runs, by a label or by its usual name.",
            RootfsRules::scriptMissing));

    private RootfsRules() {}

    private static void scriptMissing(ClusterImageLayout layout, FindingSink findings) {
        boolean rootfs = layout.type().filter(it -> it == ImageType.ROOTFS).isPresent();
        if (!rootfs || !new ImagePaths(layout).areKnown()) {
            return;
        }
        Map<String, String> labels =
                layout.evaluation().map(it -> it.config().labels()).orElse(Map.of());
        BY_DEFAULT.forEach(label -> check(layout, findings, label, labels));
        IF_NAMED.stream()
                .filter(label -> labels.containsKey(label.key()))
                .forEach(label -> check(layout, findings, label, labels));
    }

    private static void check(
            ClusterImageLayout layout, FindingSink findings, SealosLabel label, Map<String, String> labels) {
        Optional<String> named = Optional.ofNullable(labels.get(label.key()));
        String script = named.map(it -> it.strip().split("\\s+", 2)[0]).orElse(label.key() + ".sh");
        String path = CopySources.trim(StandardDirectory.SCRIPTS + "/" + script);
        if (!PLAIN.matcher(script).matches()
                || script.startsWith("/")
                || path.contains("..")
                || isThere(layout, path)) {
            return;
        }
        LabelRules.report(
                layout,
                findings,
                named.isPresent() ? label : SealosLabel.TYPE,
                (named.isPresent() ? "the label " + label.key() + " names " : "sealos runs ") + path
                        + (named.isPresent() ? "" : ", since no label " + label.key() + " names another script")
                        + ", which the image will not have",
                "add " + path + " and copy it, or name the existing script with the label " + label.key());
    }

    /** {@return whether the image has the script or a template of it, or init.sh may create it} */
    private static boolean isThere(ClusterImageLayout layout, String path) {
        ImagePaths paths = new ImagePaths(layout);
        return paths.has(path)
                || paths.has(path + Templates.SUFFIX)
                || paths.has(path + Templates.DELETED_SUFFIX)
                || InitScript.mayMake(layout, path);
    }
}
