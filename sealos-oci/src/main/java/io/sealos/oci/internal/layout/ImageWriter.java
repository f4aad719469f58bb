package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.layer.EarlierLayers;
import io.sealos.oci.internal.layer.HashingOutput;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layer.LayerSet;
import io.sealos.oci.internal.layer.LayerWriter;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.tree.PlannedStep;
import io.sealos.oci.internal.tree.TreePlanner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the blobs of an image into a staging area. Everything is planned before the first layer is written. */
final class ImageWriter {
    private final ImageRequest request;
    private final Staging staging;
    private final EarlierLayers earlier;
    private final List<Planned> planned = new ArrayList<>();

    private ImageWriter(ImageRequest request, Staging staging, EarlierLayers earlier) {
        this.request = request;
        this.staging = staging;
        this.earlier = earlier;
    }

    /** Layers that are there already, from earlier builds, are not made again. */
    static WrittenImage write(ImageRequest request, Staging staging, EarlierLayers earlier) throws IOException {
        ImageWriter writer = new ImageWriter(request, staging, earlier);
        writer.planAll();
        return writer.writeAll();
    }

    /** Steps of a recipe; recipes with the same files share them, so that their layers are made once. */
    private static final class Planned {
        private final ImageRecipe recipe;
        private final List<PlannedStep> steps;
        private List<LayerBlob> layers = List.of();
        private boolean written;

        Planned(ImageRecipe recipe, List<PlannedStep> steps) {
            this.recipe = recipe;
            this.steps = steps;
        }

        boolean hasFilesOf(ImageRecipe other) {
            return recipe.context().equals(other.context())
                    && recipe.stages().equals(other.stages())
                    && recipe.createdEpochSecond() == other.createdEpochSecond();
        }
    }

    private void planAll() throws IOException {
        for (ImageRecipe recipe : request.recipes()) {
            if (planned.stream().noneMatch(known -> known.hasFilesOf(recipe))) {
                planned.add(new Planned(recipe, TreePlanner.plan(recipe, staging.scratch())));
            }
        }
    }

    private WrittenImage writeAll() throws IOException {
        List<WrittenManifest> manifests = new ArrayList<>();
        for (ImageRecipe recipe : request.recipes()) {
            manifests.add(manifest(recipe, withLayers(recipe)));
        }
        return new WrittenImage(root(manifests), manifests);
    }

    private Planned withLayers(ImageRecipe recipe) throws IOException {
        Planned files = planned.stream()
                .filter(known -> known.hasFilesOf(recipe))
                .findFirst()
                .orElseThrow();
        if (!files.written) {
            LayerWriter writer =
                    new LayerWriter(staging.blobs(), request.layers(), recipe.createdEpochSecond(), earlier);
            files.layers = LayerSet.write(files.steps, writer, request.layers().executor());
            files.written = true;
        }
        return files;
    }

    private WrittenManifest manifest(ImageRecipe recipe, Planned files) throws IOException {
        Descriptor config = store(MediaTypes.OCI_CONFIG, ImageDocuments.config(recipe, files.steps, files.layers));
        byte[] manifest = ImageDocuments.manifest(config, files.layers, recipe.annotations());
        Descriptor stored = store(MediaTypes.OCI_MANIFEST, manifest);
        return new WrittenManifest(recipe.platform(), stored.digest(), stored.size(), config.digest(), files.layers);
    }

    private Descriptor root(List<WrittenManifest> manifests) throws IOException {
        List<Descriptor> descriptors = new ArrayList<>();
        for (WrittenManifest one : manifests) {
            descriptors.add(new Descriptor(MediaTypes.OCI_MANIFEST, one.digest(), one.size(), one.platform()));
        }
        if (descriptors.size() == 1) {
            return descriptors.get(0);
        }
        return store(MediaTypes.OCI_INDEX, ImageDocuments.index(descriptors));
    }

    private Descriptor store(String mediaType, byte[] document) throws IOException {
        HashingOutput hash = new HashingOutput(OutputStream.nullOutputStream());
        hash.write(document);
        Digest digest = hash.digest();
        Path file = staging.blobs().resolve(digest.hex());
        try {
            Files.write(file, document);
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        }
        return new Descriptor(mediaType, digest, document.length, null);
    }
}
