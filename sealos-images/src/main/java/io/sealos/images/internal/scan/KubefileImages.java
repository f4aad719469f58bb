package io.sealos.images.internal.scan;

import io.sealos.images.Confidence;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.finder.FinderNames;
import io.sealos.images.internal.finder.ImageText;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.SealosEnv;
import io.sealos.kubefile.SealosLabel;
import io.sealos.kubefile.SourcePosition;
import io.sealos.kubefile.SourceRange;
import io.sealos.kubefile.TraceEntry;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Finds the images that the build file of a rootfs names: in the label of lvscare and in the variable of the pause
 * image.
 */
public final class KubefileImages {
    private static final String FINDER = FinderNames.KUBEFILE;
    /**
     * The name of the pause image. Sealos prepends the cluster's registry, which ignores the host in the name of an
     * image.
     */
    private static final Pattern PAUSE = Pattern.compile("pause:[\\w.-]+");

    private static final String PAUSE_REGISTRY = "registry.k8s.io/";

    private KubefileImages() {}

    /** Reports each occurrence with the name of the build file that contains it. */
    public static void scan(KubefileEvaluation evaluation, BiConsumer<String, Sighting> found) {
        evaluation.trace().label(SealosLabel.IMAGE.key()).ifPresent(it -> report(it, it.value(), found));
        evaluation.trace().env(SealosEnv.SANDBOX_IMAGE.key()).ifPresent(it -> report(it, pause(it.value()), found));
    }

    private static String pause(String name) {
        return PAUSE.matcher(name).matches() ? PAUSE_REGISTRY + name : name;
    }

    private static void report(TraceEntry entry, String text, BiConsumer<String, Sighting> found) {
        Optional<SourceRange> range = entry.instruction().map(Instruction::range);
        String file = ContextFiles.buildFile(range);
        SourcePosition place = range.map(SourceRange::start).orElse(new SourcePosition(1, 1));
        ImageText.pinned(text)
                .ifPresent(it -> found.accept(
                        file,
                        new Sighting(it, Confidence.LIKELY, FINDER, place.line(), place.column(), entry.key(), "")));
    }
}
