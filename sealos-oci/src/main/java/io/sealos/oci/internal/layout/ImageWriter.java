package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.internal.files.NotWrittenException;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.delta.DeltaSizes;
import io.sealos.oci.internal.delta.PlannedDelta;
import io.sealos.oci.internal.layer.BaseLayers;
import io.sealos.oci.internal.layer.DigestingOutputStream;
import io.sealos.oci.internal.layer.EarlierLayers;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layer.LayerSet;
import io.sealos.oci.internal.layer.LayerSizes;
import io.sealos.oci.internal.layer.LayerWriter;
import io.sealos.oci.internal.layer.SplitLayer;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.ContentDigests;
import io.sealos.oci.internal.tree.LayerOrder;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.ScannedLayer;
import io.sealos.oci.internal.tree.TreePlanner;
import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.attach.ArtifactBlob;
import io.sealos.oci.internal.trust.attach.ArtifactDocuments;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** Writes the blobs of an image into a staging directory. Everything is planned before the first layer is written. */
final class ImageWriter {
    private final ImageRequest request;
    private final Staging staging;
    private final EarlierLayers earlier;
    private final ContentDigests digests;

    private ImageWriter(ImageRequest request, Staging staging, EarlierLayers earlier) {
        this.request = request;
        this.staging = staging;
        this.earlier = earlier;
        this.digests = request.describer() == ImageDescriber.NONE ? ContentDigests.NONE : ContentDigests.collecting();
    }

    /** Writes the image, except for layers that earlier builds have created. */
    static WrittenImage write(ImageRequest request, Staging staging, EarlierLayers earlier) throws IOException {
        ImageWriter writer = new ImageWriter(request, staging, earlier);
        StoredContent content = request.content();
        WrittenImage image = content == null ? writer.write() : content.writeTo(staging.blobs());
        DocumentRequest documents = request.documents();
        return documents == null ? image : writer.attach(image, documents.documents(image, request.tags()));
    }

    /** Stores the documents of the image, and the list that a layout has of them. */
    private WrittenImage attach(WrittenImage image, List<Artifact> documents) throws IOException {
        if (documents.isEmpty()) {
            return image;
        }
        for (Artifact document : documents) {
            for (ArtifactBlob blob : document.blobs()) {
                store(blob.mediaType(), blob.bytes());
            }
            store(MediaTypes.OCI_MANIFEST, document.manifest());
        }
        store(MediaTypes.OCI_INDEX, ArtifactDocuments.list(documents));
        return image.withDocuments(documents);
    }

    private WrittenImage write() throws IOException {
        return request.copied().isEmpty() ? build() : copy();
    }

    private WrittenImage copy() throws IOException {
        List<Long> sizes =
                LayerSizes.of(request.copied().stream().map(CopiedImage::layers).toList());
        long size = PhaseRun.total(sizes.stream().mapToLong(Long::longValue));
        try (PhaseRun phase = PhaseRun.start(request.listener(), BuildPhase.LAYERS, sizes.size(), size)) {
            BaseLayers copies = copies("image");
            List<WrittenManifest> manifests = new ArrayList<>();
            for (CopiedImage image : request.copied()) {
                manifests.add(copy(image, copies.write(image.layers())));
            }
            Descriptor root = root(manifests, request);
            phase.complete();
            return new WrittenImage(root, manifests);
        }
    }

    /** Stores the documents of an image. The digests of layers that were decompressed are not those of its manifest. */
    private WrittenManifest copy(CopiedImage image, List<LayerBlob> layers) throws IOException {
        Descriptor config = store(image.config().mediaType(), image.config().bytes());
        Descriptor manifest = request.layers().onlyPlain()
                ? store(MediaTypes.OCI_MANIFEST, ImageDocuments.manifestOf(config, layers, image.annotations()))
                : store(image.manifest().mediaType(), image.manifest().bytes());
        return new WrittenManifest(image.platform(), manifest, config, layers, image.descriptorAnnotations());
    }

    private WrittenImage build() throws IOException {
        List<PlannedImage> plans = LayerOrder.arrange(plans(), request.layers().registry());
        SharedSteps steps =
                new SharedSteps(plans.stream().map(LayerOrder::layers).toList());
        List<Long> sizes = LayerSizes.of(steps.distinct(), plans);
        long size = PhaseRun.total(sizes.stream().mapToLong(Long::longValue));
        try (PhaseRun phase = PhaseRun.start(request.listener(), BuildPhase.LAYERS, sizes.size(), size)) {
            DeltaRequest delta = request.delta();
            WrittenImage image = delta == null ? write(plans, steps) : writeDelta(plans, steps, delta);
            request.describer().describe(plans, digests, image);
            phase.complete();
            return image;
        }
    }

    private WrittenImage write(List<PlannedImage> plans, SharedSteps steps) throws IOException {
        List<LayerBlob> layers = LayerSet.write(steps.distinct(), layerWriter(), executor());
        BaseLayers bases = copies("base image");
        List<WrittenManifest> manifests = new ArrayList<>();
        for (int i = 0; i < request.recipes().size(); i++) {
            List<LayerBlob> all = LayerOrder.stack(bases.write(baseLayers(plans.get(i))), steps.layersOf(i, layers));
            manifests.add(manifest(request.recipes().get(i), plans.get(i), all));
        }
        return new WrittenImage(root(manifests, request), manifests);
    }

    private LayerWriter layerWriter() {
        return new LayerWriter(
                staging.blobs(),
                staging.output(),
                request.layers(),
                request.createdEpochSecond(),
                earlier,
                request.listener(),
                digests);
    }

    private BaseLayers copies(String what) {
        return new BaseLayers(staging.blobs(), request.layers(), request.listener(), what);
    }

    private static List<ScannedLayer> baseLayers(PlannedImage plan) {
        return plan.base() == null ? List.of() : plan.base().layers();
    }

    private Optional<Executor> executor() {
        return Optional.ofNullable(request.layers().executor());
    }

    private WrittenImage writeDelta(List<PlannedImage> plans, SharedSteps steps, DeltaRequest delta)
            throws IOException {
        List<PlannedDelta> deltas = delta.plan(plans);
        Set<Digest> leftOut = new TreeSet<>();
        deltas.forEach(planned -> leftOut.addAll(planned.needs().digests()));
        List<SplitLayer> made = LayerSet.split(steps.distinct(), layerWriter(), leftOut, executor());
        BaseLayers bases = copies("base image");
        List<List<SplitLayer>> layers = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            List<SplitLayer> ofBase = bases.write(baseLayers(plans.get(i))).stream()
                    .map(SplitLayer::unchanged)
                    .toList();
            layers.add(LayerOrder.stack(ofBase, steps.layersOf(i, made)));
        }
        return writeDelta(new DeltaWriter(request, plans, layers), layers, deltas);
    }

    private WrittenImage writeDelta(DeltaWriter writer, List<List<SplitLayer>> layers, List<PlannedDelta> deltas)
            throws IOException {
        DeltaWriter.Full full = writer.full();
        List<ImageRecipe> recipes = new ArrayList<>();
        List<WrittenManifest> manifests = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            PlannedStep guard = writer.guard(i, full, deltas.get(i).needs());
            List<LayerBlob> kept = layers.get(i).stream().map(SplitLayer::kept).toList();
            List<LayerBlob> all = LayerOrder.stack(kept, LayerSet.write(List.of(guard), layerWriter(), executor()));
            recipes.add(writer.recipe(i, full, deltas.get(i).sizes()));
            manifests.add(manifest(recipes.get(i), writer.plan(i, guard), all));
        }
        List<DeltaSizes> sizes = deltas.stream().map(PlannedDelta::sizes).toList();
        return new WrittenImage(root(manifests, request.withRecipes(recipes)), manifests, sizes, List.of());
    }

    private List<PlannedImage> plans() throws IOException {
        return request.plans().isEmpty() ? TreePlanner.planAll(request.recipes(), staging::scratch) : request.plans();
    }

    private WrittenManifest manifest(ImageRecipe recipe, PlannedImage plan, List<LayerBlob> layers) throws IOException {
        Descriptor config = store(MediaTypes.OCI_CONFIG, ImageDocuments.config(recipe, plan, layers));
        byte[] manifest = ImageDocuments.manifestOf(config, layers, recipe.annotations());
        Descriptor stored = store(MediaTypes.OCI_MANIFEST, manifest);
        return new WrittenManifest(recipe.platform(), stored, config, layers, Collections.emptySortedMap());
    }

    private Descriptor root(List<WrittenManifest> manifests, ImageRequest written) throws IOException {
        return manifests.size() == 1
                ? manifests.get(0).descriptor()
                : store(MediaTypes.OCI_INDEX, ImageDocuments.index(manifests, written.annotations()));
    }

    private Descriptor store(String mediaType, byte[] document) throws IOException {
        DigestingOutputStream hash = new DigestingOutputStream(OutputStream.nullOutputStream());
        hash.write(document);
        Digest digest = hash.digest();
        Path file = staging.blobs().resolve(digest.hex());
        try {
            Files.write(file, document);
        } catch (IOException e) {
            Interruptions.rethrow(e);
            throw NotWrittenException.of("", staging.output(), "", e);
        }
        return new Descriptor(mediaType, digest, document.length, null);
    }
}
