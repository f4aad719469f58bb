package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.images.StandardDirectory;
import io.sealos.internal.files.TemporaryDirectory;
import io.sealos.internal.text.Count;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildListener;
import io.sealos.oci.ImageChoice;
import io.sealos.oci.ImageChoiceException;
import io.sealos.oci.InspectedLayer;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.client.RegistryClient;
import io.sealos.oci.internal.client.RemoteImage;
import io.sealos.oci.internal.layout.StoredDocument;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.recipe.BaseLayer;
import io.sealos.oci.internal.source.LocalSource;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.tree.FlatTree;
import io.sealos.oci.internal.trust.check.SignatureCheck;
import io.sealos.oci.internal.verify.LayoutCheck;
import io.sealos.oci.internal.verify.Verification;
import io.sealos.oci.internal.verify.VerifiedFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an image back, with its documents and, if its layers are available, the images in {@code registry/}. */
public final class ImageReader implements Closeable {
    private final StoredFiles files;
    private final Images images;
    private final boolean isRegistry;

    private ImageReader(StoredFiles files, Images images, boolean isRegistry) {
        this.isRegistry = isRegistry;
        this.files = files;
        this.images = images;
    }

    /** {@return a reader of files, which are closed together with it} */
    public static ImageReader of(StoredFiles files, LocalSource.Format format) {
        boolean isRegistry = format == LocalSource.Format.REGISTRY;
        return new ImageReader(
                files,
                format == LocalSource.Format.DOCKER ? new DockerImages(files) : new LayoutImages(files, isRegistry),
                isRegistry);
    }

    /**
     * {@return a reader of an image at a registry, which does not fetch layers, and is valid while the client is open}
     */
    public static ImageReader remote(RegistryClient client, RemoteImage image) throws IOException {
        return of(RemoteFiles.of(client, image), LocalSource.Format.OCI);
    }

    /**
     * {@return the report on an image at a registry, all of whose blobs are fetched}
     *
     * @param scratch an empty directory for its layers
     */
    public static VerifiedFiles verify(RegistryClient client, RemoteImage image, Path scratch, Verification request)
            throws IOException {
        try (StoredFiles files = RemoteFiles.fetching(client, image, scratch)) {
            return LayoutCheck.remote(files, request);
        }
    }

    /** Lists and reads the images of one kind of layout or archive. */
    interface Images {
        List<Candidate> list(ImageChoice choice) throws IOException;

        Documents documents(Candidate image) throws IOException;

        /** {@return the exact bytes of the manifest; empty if there is none} */
        Optional<StoredDocument> manifest(Candidate image) throws IOException;

        /** {@return the exact bytes of the configuration} */
        StoredDocument config(Candidate image) throws IOException;
    }

    /** The documents of one image, and the paths of its layers. */
    record Documents(
            Optional<Digest> manifest,
            Digest id,
            JsonNode config,
            Map<String, String> annotations,
            List<InspectedLayer> layers,
            List<String> layerPaths) {}

    /**
     * Checks the registry directory of one image for each of its platforms. Files that may refer to images are
     * extracted.
     *
     * @throws ImageChoiceException if the choice matches images with different names, or none
     */
    public void check(
            ImageChoice choice, TemporaryDirectory scratch, BuildListener listener, RegistryCheck.Checked checked)
            throws IOException {
        int number = 0;
        for (Candidate image : ofOneName(choice)) {
            Documents documents = images.documents(image);
            try (ApplicationFiles application = new ApplicationFiles(scratch.directory("files-" + number++))) {
                application.config(documents.config());
                RegistryContents contents = contents(documents, new RegistryContents(application), listener);
                checked.image(contents.check(Platform.parse(image.platformText())), application);
            }
        }
    }

    /**
     * {@return the files of the container images in {@code registry/} of one image, which close those of this reader}
     *
     * @param scratch an empty directory for blobs of compressed layers
     */
    public StoredFiles contained(ImageChoice choice, Path scratch) throws IOException {
        Documents documents = images.documents(choose(images.list(choice), choice));
        List<StoredFiles.Stored> layers = new ArrayList<>();
        for (String path : documents.layerPaths()) {
            layers.add(files.file(path));
        }
        RegistryContents contents = contents(documents, new RegistryContents(null));
        return new InnerFiles(files, layers, contents.view(), scratch);
    }

    /** {@return the check of a registry directory for one platform} */
    public static RegistryCheck check(Path registry, Platform platform) throws IOException {
        RegistryContents contents = new RegistryContents(null, true);
        contents.addDirectory(registry);
        return contents.check(platform);
    }

    /**
     * {@return the blobs that sites have after the chosen image was loaded, for each of its platforms}
     *
     * @param hosts the platforms that the control host of a site may have
     * @throws ImageChoiceException if the choice matches images of several names, or none
     */
    public List<SiteBlobs> siteBlobs(ImageChoice choice, List<Platform> hosts) throws IOException {
        List<SiteBlobs> blobs = new ArrayList<>();
        for (Candidate image : ofOneName(choice)) {
            Documents documents = images.documents(image);
            RegistryContents contents = contents(documents, new RegistryContents(null));
            blobs.add(new SiteBlobs(
                    image.names().stream().findFirst().orElse(""),
                    documents.manifest().orElse(documents.id()),
                    Optional.of(Platform.parse(image.platformText())),
                    DeltaAnalysis.inventory(contents, hosts)));
        }
        return blobs;
    }

    /** {@return the blobs that sites have after a registry directory was copied to them} */
    public static SiteBlobs siteBlobs(Path registry, List<Platform> hosts) throws IOException {
        RegistryContents contents = new RegistryContents(null);
        contents.addDirectory(registry);
        BlobInventory inventory = DeltaAnalysis.inventory(contents, hosts);
        return new SiteBlobs("registry directory", Digests.sha256(inventory.toText()), Optional.empty(), inventory);
    }

    public StoredImage read(ImageChoice choice) throws IOException {
        List<Candidate> named = images.list(choice);
        Candidate chosen = choose(named, choice);
        Documents documents = images.documents(chosen);
        return stored(named, chosen, documents, contents(documents, new RegistryContents(null)));
    }

    /** {@return the chosen image with its files, which are read in a second pass} */
    public ComparedImage compared(ImageChoice choice) throws IOException {
        List<Candidate> named = images.list(choice);
        Candidate chosen = choose(named, choice);
        Documents documents = images.documents(chosen);
        RegistryContents contents = contents(documents, new RegistryContents(null));
        return ComparedImage.of(
                stored(named, chosen, documents, contents),
                contents.view(),
                FlatTree.read(base(files.toString(), documents), StandardDirectory.REGISTRY, ImageReader::mayBeChart));
    }

    /** {@return the digest of the manifest of the chosen image, whose layers are not read; empty if it has none} */
    public Optional<Digest> manifest(ImageChoice choice) throws IOException {
        return images.documents(choose(images.list(choice), choice)).manifest();
    }

    private static boolean mayBeChart(String path) {
        return path.startsWith(StandardDirectory.CHARTS + "/");
    }

    /** {@return the chosen image and its content} */
    public DescribedImage content(ImageChoice choice) throws IOException {
        List<Candidate> named = images.list(choice);
        Candidate chosen = choose(named, choice);
        Documents documents = images.documents(chosen);
        RegistryContents contents = contents(documents, new RegistryContents(null));
        return new DescribedImage(
                stored(named, chosen, documents, contents),
                ImageContent.of(contents, base(files.toString(), documents)));
    }

    /**
     * {@return the signatures of an image of a layout, and the comparison of its content with its digests}
     *
     * @throws ImageChoiceException if the choice matches several images, or none
     */
    public ImageEvidence evidence(ImageChoice choice, SignatureCheck check) throws IOException {
        return new EvidenceReader(files, check).read(choice);
    }

    /** {@return the bytes of a blob of a layout, which match its digest} */
    public byte[] blob(Digest digest) throws IOException {
        return new Blobs(files).bytes(digest);
    }

    private StoredImage stored(List<Candidate> named, Candidate chosen, Documents documents, RegistryContents contents)
            throws IOException {
        ContainedImages contained = contents.images();
        return new StoredImage(
                chosen.names(),
                documents.manifest(),
                documents.id(),
                chosen.platformText(),
                named.stream()
                        .filter(other -> other.names().equals(chosen.names()))
                        .map(Candidate::platformText)
                        .distinct()
                        .toList(),
                documents.config(),
                documents.annotations(),
                documents.layers(),
                files.haveLayers(),
                contained.images(),
                contained.problems(),
                attached(documents),
                contents.needs().map(needs -> DeltaAnalysis.sizes(contents, needs, documents.config())));
    }

    private List<FoundDocument> attached(Documents image) throws IOException {
        return images instanceof LayoutImages
                        && files.haveLayers()
                        && image.manifest().isPresent()
                ? new LayoutDocuments(files).of(image.manifest().get())
                : List.of();
    }

    private Candidate choose(List<Candidate> named, ImageChoice choice) throws IOException {
        List<Candidate> fitting =
                named.stream().filter(image -> image.isFor(choice)).toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw notOne(fitting, choice);
    }

    private ImageChoiceException notOne(List<Candidate> fitting, ImageChoice choice) throws IOException {
        List<String> available = new ArrayList<>();
        images.list(ImageChoice.any()).forEach(image -> available.add(image.toString()));
        String found = fitting.isEmpty() ? "no image" : Count.of(fitting.size(), "image");
        return new ImageChoiceException(files.place(), found + described(choice), available);
    }

    /** {@return the platforms of the image that matches a choice} */
    public List<Platform> platforms(ImageChoice choice) throws IOException {
        return ofOneName(choice).stream()
                .map(image -> Platform.parse(image.platformText()))
                .toList();
    }

    /**
     * {@return the image that matches a choice, for each of its platforms}
     *
     * @param name the name of the image for messages
     * @throws ImageChoiceException if the choice matches images with different names, or none
     */
    List<FoundImage> found(ImageChoice choice, String name) throws IOException {
        List<FoundImage> found = new ArrayList<>();
        for (Candidate image : ofOneName(choice)) {
            found.add(found(image, name));
        }
        return found;
    }

    private FoundImage found(Candidate image, String name) throws IOException {
        Documents documents = images.documents(image);
        return new FoundImage(
                Platform.parse(image.platformText()),
                base(name, documents),
                images.config(image),
                images.manifest(image),
                documents.annotations(),
                image.otherAnnotations());
    }

    /** {@return an image whose documents and layers are in the store} */
    public static FoundImage found(ContentStore store, Digest manifest, String name) throws IOException {
        try (ImageReader reader = of(StoredFiles.directory(store.directory()), LocalSource.Format.OCI)) {
            return reader.found(new LayoutImages(reader.files).candidate(manifest), name);
        }
    }

    private List<Candidate> ofOneName(ImageChoice choice) throws IOException {
        List<Candidate> fitting = images.list(choice).stream()
                .filter(image -> image.isFor(choice))
                .toList();
        long names = fitting.stream().map(Candidate::names).distinct().count();
        long platforms =
                fitting.stream().map(Candidate::platformText).distinct().count();
        if (names != 1 || platforms < fitting.size()) {
            throw notOne(fitting, choice);
        }
        return fitting;
    }

    private static String described(ImageChoice choice) {
        return choice.tag().map(name -> " named '" + name + "'").orElse("")
                + choice.platform().map(platform -> " for " + platform).orElse("");
    }

    private RegistryContents contents(Documents documents, RegistryContents contents) throws IOException {
        return contents(documents, contents, BuildListener.NONE);
    }

    private RegistryContents contents(Documents documents, RegistryContents contents, BuildListener listener)
            throws IOException {
        RegistryLayers.read(files, documents, contents, listener);
        return contents;
    }

    /**
     * {@return the base image for a platform: the image with this name or, if there is none, the only one}
     *
     * @throws ImageChoiceException if there is not exactly one
     */
    public BaseImage base(String name, Platform platform) throws IOException {
        ImageChoice only = ImageChoice.any().platform(platform.toString());
        ImageChoice named = only.tag(name);
        ImageChoice choice = images.list(named).isEmpty() ? only : named;
        return base(name, images.documents(choose(images.list(choice), choice)));
    }

    /** {@return the base image whose documents and layers are in the store} */
    public static BaseImage stored(ContentStore store, Digest manifest, String name) throws IOException {
        try (ImageReader reader = of(StoredFiles.directory(store.directory()), LocalSource.Format.OCI)) {
            return reader.base(name, new LayoutImages(reader.files).documents(manifest));
        }
    }

    private BaseImage base(String name, Documents documents) throws IOException {
        List<BaseLayer> layers = new ArrayList<>();
        for (InspectedLayer layer : documents.layers()) {
            StoredFiles.Stored file = files.file(documents.layerPaths().get(layers.size()));
            layers.add(new BaseLayer(layer.digest(), layer.diffId(), file.size(), file::open));
        }
        return new BaseImage(
                name,
                documents.manifest().orElse(null),
                documents.config(),
                layers,
                LayerHistory.of(documents.config(), layers.size(), name));
    }

    /**
     * {@return the delta images of an image, one for each platform}
     *
     * @throws IOException if it cannot be read, or is no delta image
     */
    public List<DeltaImage> deltaImages() throws IOException {
        List<DeltaImage> deltas = new ArrayList<>();
        for (Candidate image : images.list(ImageChoice.any())) {
            Documents documents = images.documents(image);
            List<StoredFiles.Stored> layers = new ArrayList<>();
            for (String path : documents.layerPaths()) {
                layers.add(files.file(path));
            }
            deltas.add(DeltaImage.read(files.toString(), image.names(), documents.config(), layers));
        }
        return deltas;
    }

    /** Finds blobs in the registry directories of all images, and puts those that are compressed into a directory. */
    public void findBlobs(BaseBlobs blobs) throws IOException {
        blobs.addFiles(files);
        for (Candidate image : isRegistry ? List.<Candidate>of() : images.list(ImageChoice.any())) {
            for (String path : images.documents(image).layerPaths()) {
                blobs.addLayer(files.file(path));
            }
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
