package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.internal.files.NotWrittenException;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.layer.BaseLayers;
import io.sealos.oci.internal.layer.DigestingOutputStream;
import io.sealos.oci.internal.layer.EarlierLayers;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layer.LayerSet;
import io.sealos.oci.internal.layer.LayerSizes;
import io.sealos.oci.internal.layer.LayerWriter;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.LayerOrder;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.ScannedLayer;
import io.sealos.oci.internal.tree.TreePlanner;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Writes the blobs of an image into a staging directory. Everything is planned before the first layer is written. */
final class ImageWriter {
    private final ImageRequest request;
    private final Staging staging;
    private final EarlierLayers earlier;

    private ImageWriter(ImageRequest request, Staging staging, EarlierLayers earlier) {
        this.request = request;
        this.staging = staging;
        this.earlier = earlier;
    }

    /** Writes the image, except for layers that earlier builds have created. */
    static WrittenImage write(ImageRequest request, Staging staging, EarlierLayers earlier) throws IOException {
        return new ImageWriter(request, staging, earlier).write();
    }

    private WrittenImage write() throws IOException {
        return request.copied().isEmpty() ? build() : copy();
    }

    private WrittenImage copy() throws IOException {
        List<Long> sizes =
                LayerSizes.of(request.copied().stream().map(CopiedImage::layers).toList());
        long size = PhaseRun.total(sizes.stream().mapToLong(Long::longValue));
        try (PhaseRun phase = PhaseRun.start(request.listener(), BuildPhase.LAYERS, sizes.size(), size)) {
            BaseLayers copies = new BaseLayers(staging.blobs(), request.layers(), request.listener(), "image");
            List<WrittenManifest> manifests = new ArrayList<>();
            for (CopiedImage image : request.copied()) {
                manifests.add(copy(image, copies.write(image.layers())));
            }
            Descriptor root = root(manifests);
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
            WrittenImage image = write(plans, steps);
            phase.complete();
            return image;
        }
    }

    private WrittenImage write(List<PlannedImage> plans, SharedSteps steps) throws IOException {
        LayerWriter writer = new LayerWriter(
                staging.blobs(),
                staging.output(),
                request.layers(),
                request.createdEpochSecond(),
                earlier,
                request.listener());
        List<LayerBlob> layers = LayerSet.write(
                steps.distinct(), writer, Optional.ofNullable(request.layers().executor()));
        BaseLayers bases = new BaseLayers(staging.blobs(), request.layers(), request.listener(), "base image");
        List<WrittenManifest> manifests = new ArrayList<>();
        for (int i = 0; i < request.recipes().size(); i++) {
            List<LayerBlob> all = LayerOrder.stack(bases.write(baseLayers(plans.get(i))), steps.layersOf(i, layers));
            manifests.add(manifest(request.recipes().get(i), plans.get(i), all));
        }
        return new WrittenImage(root(manifests), manifests);
    }

    private static List<ScannedLayer> baseLayers(PlannedImage plan) {
        return plan.base() == null ? List.of() : plan.base().layers();
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

    private Descriptor root(List<WrittenManifest> manifests) throws IOException {
        return manifests.size() == 1
                ? manifests.get(0).descriptor()
                : store(MediaTypes.OCI_INDEX, ImageDocuments.index(manifests, request.annotations()));
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
            throw NotWrittenException.of("", staging.output(), e);
        }
        return new Descriptor(mediaType, digest, document.length, null);
    }
}
