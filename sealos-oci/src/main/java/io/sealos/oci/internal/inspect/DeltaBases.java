package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.delta.PlannedDelta;
import io.sealos.oci.internal.layout.DeltaRequest;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreeNode;
import io.sealos.oci.internal.tree.VirtualTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The bases of a delta image for several platforms.
 *
 * @param bases the bases; several for different platforms or of different images
 * @param platforms the platforms of the image
 * @param hosts the platforms that the control host of the site may have
 */
public record DeltaBases(List<SiteBlobs> bases, List<Platform> platforms, List<Platform> hosts)
        implements DeltaRequest {
    public DeltaBases {
        bases = List.copyOf(bases);
        platforms = List.copyOf(platforms);
        hosts = List.copyOf(hosts);
    }

    /** {@return the bases for a platform} */
    public List<SiteBlobs> of(Platform platform) {
        return bases.stream().filter(base -> base.isFor(platform)).toList();
    }

    @Override
    public List<PlannedDelta> plan(List<PlannedImage> plans) throws IOException {
        List<DeltaAnalysis> analyses = new ArrayList<>();
        for (PlannedImage plan : plans) {
            RegistryContents contents = new RegistryContents(null);
            Set<Digest> fixed = new TreeSet<>();
            if (plan.base() != null) {
                contents.addTree(plan.base().root());
                fixed.addAll(contents.view().blobs());
            }
            for (PlannedStep step : plan.steps()) {
                if (step.layer() != null) {
                    contents.addTree(step.layer());
                }
            }
            analyses.add(new DeltaAnalysis(contents, fixed));
        }
        return planAll(analyses);
    }

    /**
     * {@return the deltas of images whose layers have not been fetched}
     *
     * @param context the context directory, whose registry directory the images have as well
     * @param saved the files of {@code registry/} for each platform
     */
    public List<PlannedDelta> plan(Path context, List<? extends Collection<? extends VirtualFile>> saved)
            throws IOException {
        List<DeltaAnalysis> analyses = new ArrayList<>();
        for (Collection<? extends VirtualFile> files : saved) {
            analyses.add(new DeltaAnalysis(contents(context, files), Set.of()));
        }
        return planAll(analyses);
    }

    /**
     * {@return the blobs that sites have after an image was loaded there}
     *
     * @param context the context directory, whose registry directory the image has as well
     * @param saved the files of {@code registry/}
     */
    public static BlobInventory inventory(Path context, Collection<? extends VirtualFile> saved, List<Platform> hosts)
            throws IOException {
        return DeltaAnalysis.inventory(contents(context, saved), hosts);
    }

    private static RegistryContents contents(Path context, Collection<? extends VirtualFile> saved) throws IOException {
        RegistryContents contents = new RegistryContents(null);
        if (Files.isDirectory(context.resolve("registry/docker/registry/v2"))) {
            contents.addDirectory(context.resolve("registry"));
        }
        TreeNode tree = VirtualTree.of(saved);
        if (tree != null) {
            contents.addTree(tree);
        }
        return contents;
    }

    /** A layer may be common to several platforms, so a blob is left out for all of them or for none. */
    private List<PlannedDelta> planAll(List<DeltaAnalysis> analyses) {
        Set<Digest> leftOut = new TreeSet<>();
        for (int i = 0; i < analyses.size(); i++) {
            leftOut.addAll(known(analyses.get(i), i));
        }
        for (int i = 0; i < analyses.size(); i++) {
            Set<Digest> kept = new TreeSet<>(analyses.get(i).blobs());
            kept.removeAll(known(analyses.get(i), i));
            leftOut.removeAll(kept);
        }
        List<PlannedDelta> deltas = new ArrayList<>();
        for (int i = 0; i < analyses.size(); i++) {
            Set<Digest> ofPlatform = new TreeSet<>(leftOut);
            ofPlatform.retainAll(analyses.get(i).blobs());
            deltas.add(analyses.get(i).without(ofPlatform, of(platforms.get(i)), hosts));
        }
        return deltas;
    }

    private Set<Digest> known(DeltaAnalysis analysis, int platform) {
        return analysis.known(
                of(platforms.get(platform)).stream().map(SiteBlobs::inventory).toList());
    }
}
