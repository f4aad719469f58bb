package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.delta.DeltaFiles;
import io.sealos.oci.internal.delta.DeltaNeeds;
import io.sealos.oci.internal.delta.DeltaRecord;
import io.sealos.oci.internal.delta.DeltaSizes;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layer.SplitLayer;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.VirtualTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Creates the documents of the full image, whose layers are not stored, and the recipe of the delta image: its labels,
 * its annotations, the guard as the first command, and a layer with the guard and what {@link DeltaRecord} needs.
 */
final class DeltaWriter {
    private final ImageRequest request;
    private final List<PlannedImage> plans;
    private final List<List<SplitLayer>> layers;

    /**
     * Creates a writer.
     *
     * @param plans the plan of the full image for each platform
     * @param layers the layers for each platform, the lowest first
     */
    DeltaWriter(ImageRequest request, List<PlannedImage> plans, List<List<SplitLayer>> layers) {
        this.request = request;
        this.plans = plans;
        this.layers = layers;
    }

    /** The documents of the full image. */
    record Full(Digest digest, Optional<byte[]> index, List<byte[]> manifests, List<byte[]> configs) {}

    Full full() throws IOException {
        List<byte[]> manifests = new ArrayList<>();
        List<byte[]> configs = new ArrayList<>();
        List<WrittenManifest> written = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            ImageRecipe recipe = request.recipes().get(i);
            List<LayerBlob> whole =
                    layers.get(i).stream().map(SplitLayer::whole).toList();
            byte[] config = ImageDocuments.config(recipe, plans.get(i), whole);
            Descriptor stored = descriptor(MediaTypes.OCI_CONFIG, config);
            byte[] manifest = ImageDocuments.manifestOf(stored, whole, recipe.annotations());
            configs.add(config);
            manifests.add(manifest);
            Descriptor described = descriptor(MediaTypes.OCI_MANIFEST, manifest);
            written.add(new WrittenManifest(recipe.platform(), described, stored, whole, Collections.emptySortedMap()));
        }
        if (written.size() == 1) {
            return new Full(written.get(0).digest(), Optional.empty(), manifests, configs);
        }
        byte[] index = ImageDocuments.index(written, request.annotations());
        return new Full(Digests.sha256(index), Optional.of(index), manifests, configs);
    }

    private static Descriptor descriptor(String mediaType, byte[] document) {
        return new Descriptor(mediaType, Digests.sha256(document), document.length, null);
    }

    /** {@return the step that adds the guard of a platform} */
    PlannedStep guard(int platform, Full full, DeltaNeeds needs) throws IOException {
        DeltaRecord record = new DeltaRecord(
                full.index().map(DeltaWriter::text),
                text(full.manifests().get(platform)),
                text(full.configs().get(platform)),
                layers.get(platform).stream().map(SplitLayer::inserts).toList());
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(DeltaFiles.GUARD, DeltaFiles.guard());
        files.put(DeltaFiles.NEEDS, needs.bytes());
        files.put(DeltaFiles.RECORD, record.bytes());
        return new PlannedStep(DeltaFiles.DESCRIPTION, null, VirtualTree.ofBytes(files));
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }

    /** {@return the recipe of the delta image for a platform} */
    ImageRecipe recipe(int platform, Full full, DeltaSizes sizes) {
        ImageRecipe recipe = request.recipes().get(platform);
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(DeltaFiles.BASE, sizes.bases().stream().map(Digest::toString).collect(Collectors.joining(",")));
        labels.put(DeltaFiles.BLOBS, Integer.toString(sizes.blobs()));
        labels.put(DeltaFiles.FULL, full.digest().toString());
        ContainerConfig.Builder config = DeltaFiles.guarded(recipe.config()).toBuilder();
        labels.forEach(config::label);
        SortedMap<String, String> annotations = new TreeMap<>(recipe.annotations());
        annotations.putAll(labels);
        return recipe.withConfig(config.build()).withAnnotations(annotations);
    }

    /** {@return the plan of the delta image for a platform, with the step that adds the guard} */
    PlannedImage plan(int platform, PlannedStep guard) {
        PlannedImage plan = plans.get(platform);
        List<PlannedStep> steps = new ArrayList<>(plan.steps());
        steps.add(guard);
        return new PlannedImage(plan.base(), steps);
    }
}
