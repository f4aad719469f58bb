package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.ImageFiles;
import io.sealos.oci.internal.registry.TargetPlatform;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an image back: the documents, and what its layers have below {@code registry/}. */
public final class ImageReader {
    private final ImageFiles files;

    private ImageReader(ImageFiles files) {
        this.files = files;
    }

    /** One image of a layout. */
    public static StoredImage layout(ImageFiles files, Wanted wanted) throws IOException {
        return new ImageReader(files).read(new LayoutImages(files), wanted);
    }

    /** One image of a docker-archive. */
    public static StoredImage docker(ImageFiles files, Wanted wanted) throws IOException {
        return new ImageReader(files).read(new DockerImages(files), wanted);
    }

    /** What the registry folder of one image of a layout serves; what asks for it comes into the files. */
    public static RegistryCheck checkLayout(ImageFiles files, Wanted wanted, ApplicationFiles application)
            throws IOException {
        return new ImageReader(files).check(new LayoutImages(files), wanted, application);
    }

    /** The same for one image of a docker-archive. */
    public static RegistryCheck checkDocker(ImageFiles files, Wanted wanted, ApplicationFiles application)
            throws IOException {
        return new ImageReader(files).check(new DockerImages(files), wanted, application);
    }

    /** What a kind of archive knows of its images. */
    interface Images {
        List<Candidate> list(Wanted wanted) throws IOException;

        Documents documents(Candidate image) throws IOException;
    }

    /** What describes one image, and where its layers lie. */
    record Documents(
            Optional<Digest> manifest,
            Digest id,
            JsonNode config,
            Map<String, String> annotations,
            List<StoredLayer> layers,
            List<String> layerPaths) {}

    private RegistryCheck check(Images images, Wanted wanted, ApplicationFiles application) throws IOException {
        Candidate chosen = choose(images, images.list(wanted), wanted);
        RegistryContents contents = contents(images.documents(chosen), new RegistryContents(application));
        return contents.check(TargetPlatform.parse(chosen.platformText()));
    }

    private StoredImage read(Images images, Wanted wanted) throws IOException {
        List<Candidate> named = images.list(wanted);
        Candidate chosen = choose(images, named, wanted);
        Documents documents = images.documents(chosen);
        ContainedImages contained =
                contents(documents, new RegistryContents(null)).images();
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
                contained.images(),
                contained.problems());
    }

    private Candidate choose(Images images, List<Candidate> named, Wanted wanted) throws IOException {
        List<Candidate> fitting = named.stream().filter(wanted::matches).toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        List<String> available = new ArrayList<>();
        images.list(new Wanted(Optional.empty(), Optional.empty())).forEach(image -> available.add(image.toString()));
        String found = fitting.isEmpty() ? "no image" : fitting.size() + " images";
        throw new WrongChoiceException(
                files + " has " + found + wanted + "; choose one by tag or platform: "
                        + (available.isEmpty() ? "there is none" : String.join("; ", available)),
                available);
    }

    private RegistryContents contents(Documents documents, RegistryContents contents) throws IOException {
        for (int i = 0; i < documents.layers().size(); i++) {
            String path = documents.layerPaths().get(i);
            try (InputStream file = files.file(path).open();
                    BufferedInputStream stored = Compression.buffered(file);
                    InputStream tar = Compression.of(stored).decompress(stored)) {
                contents.addLayer(tar);
            } catch (IOException e) {
                throw files.broken(
                        path, new IOException("cannot be read as layer " + (i + 1) + ": " + e.getMessage(), e));
            }
        }
        return contents;
    }
}
