package io.sealos.oci.internal.build.bill;

import io.sealos.images.Digest;
import io.sealos.images.ImageInventory;
import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.inspect.ImageContent;
import io.sealos.oci.internal.layout.ImageDescriber;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.layout.WrittenManifest;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.tree.ContentDigests;
import io.sealos.oci.internal.tree.PlannedImage;
import io.sealos.oci.internal.tree.ScannedBase;
import io.sealos.oci.internal.trust.attach.Artifact;
import io.sealos.oci.internal.trust.attach.Attachment;
import io.sealos.oci.internal.trust.attach.Subject;
import io.sealos.oci.internal.trust.sign.SignedStatement;
import io.sealos.oci.internal.work.Interruptions;
import io.sealos.oci.internal.work.WorkPool;
import io.sealos.oci.trust.BillOfMaterials;
import io.sealos.oci.trust.Provenance;
import io.sealos.oci.trust.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** Writes the bill of materials and the provenance of an image that is built, and keeps them. Not thread-safe. */
public final class ImageDescription implements ImageDescriber {
    private static final Map<String, String> PREDICATE = Map.of("in-toto.io/predicate-type", Provenance.PREDICATE_TYPE);

    private final DocumentOptions options;
    private final Build build;
    private Optional<String> bill = Optional.empty();
    private Optional<String> provenance = Optional.empty();

    public ImageDescription(DocumentOptions options, Build build) {
        this.options = options;
        this.build = build;
    }

    /**
     * What is known about a build before its layers are written.
     *
     * @param inventory the images that were found
     * @param askedAt the images that are saved, with the places that request them
     * @param context the path of the context directory as it is in the places of files
     * @param complete whether all images that will run are known
     * @param createdEpochSecond the time of the image
     * @param platforms what is known for each platform
     */
    public record Build(
            BuildInputs inputs,
            ImageInventory inventory,
            Map<ImageReference, List<String>> askedAt,
            Path context,
            boolean complete,
            long createdEpochSecond,
            List<Saved> platforms,
            Optional<Executor> executor) {}

    /**
     * What is known about a build for one platform.
     *
     * @param bases the images in FROM and {@code COPY --from}
     * @param images the images and artifacts that were saved, with the digests that their registries served
     */
    public record Saved(Collection<BaseImage> bases, Map<ImageReference, Digest> images) {}

    /** {@return the text of the bill; empty unless it was asked for} */
    public Optional<String> bill() {
        return bill;
    }

    /** {@return the text of the provenance; empty unless it was asked for} */
    public Optional<String> provenance() {
        return provenance;
    }

    /** {@return whether no document was asked for} */
    public boolean isEmpty() {
        return options.isEmpty();
    }

    @Override
    public void describe(List<PlannedImage> plans, ContentDigests digests, WrittenImage image) throws IOException {
        BillSource source = source(plans, digests, image);
        if (options.bill()) {
            bill = Optional.of(BillWriter.write(source, options.components()));
        }
        if (options.builder().isPresent()) {
            provenance = Optional.of(ProvenanceWriter.write(source, build.inputs(), options, bill));
        }
    }

    /**
     * {@return the documents that are attached to the image, after it was described} The provenance is signed by each
     * key, and attached unsigned if there is none.
     */
    public List<Artifact> documents(Subject image, List<SigningKey> keys) {
        List<Attachment> documents = new ArrayList<>();
        bill.ifPresent(it -> documents.add(attachment(BillOfMaterials.MEDIA_TYPE, bytes(it), Map.of())));
        provenance.map(ImageDescription::bytes).ifPresent(statement -> {
            keys.forEach(key -> documents.add(SignedStatement.sign(statement, Provenance.PREDICATE_TYPE, key)));
            if (keys.isEmpty()) {
                documents.add(attachment(Provenance.MEDIA_TYPE, statement, PREDICATE));
            }
        });
        return documents.stream().map(document -> document.attachTo(image)).toList();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static Attachment attachment(String mediaType, byte[] json, Map<String, String> annotations) {
        return new Attachment(mediaType, mediaType, json, annotations);
    }

    private BillSource source(List<PlannedImage> plans, ContentDigests digests, WrittenImage image) throws IOException {
        List<BillSource.Part> parts = new ArrayList<>();
        Set<String> chartFiles = chartFiles();
        try (WorkPool pool = WorkPool.of(Runtime.getRuntime().availableProcessors(), build.executor())) {
            for (int i = 0; i < plans.size(); i++) {
                ImageContent content = ImageContent.of(plans.get(i), digests, chartFiles, pool);
                parts.add(part(
                        plans.get(i),
                        image.manifests().get(i),
                        build.platforms().get(i),
                        content));
            }
        } catch (InterruptedException e) {
            throw Interruptions.during("the bill of materials was written", e);
        }
        return new BillSource(
                build.inputs().names(),
                image.root().digest(),
                Optional.of(Instant.ofEpochSecond(build.createdEpochSecond()).toString()),
                parts,
                build.inventory(),
                build.askedAt(),
                build.context().toString(),
                build.complete());
    }

    private static BillSource.Part part(
            PlannedImage plan, WrittenManifest manifest, Saved saved, ImageContent content) {
        ScannedBase base = plan.base();
        return new BillSource.Part(
                manifest.platform(),
                manifest.digest(),
                content,
                List.copyOf(saved.bases()),
                base == null ? Optional.empty() : Optional.of(base.image()),
                saved.images());
    }

    /** {@return the places of charts that were rendered} */
    private Set<String> chartFiles() {
        Set<String> files = new TreeSet<>();
        for (ImageOccurrence occurrence : build.inventory().occurrences()) {
            if (occurrence.chart().isPresent()) {
                files.add(build.context().resolve(occurrence.file()).toString());
            }
        }
        return files;
    }
}
