package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.ImageFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an image back: the documents, and what its layers have below {@code registry/}. */
public final class ImageReader {
    private final Path place;
    private final ImageFiles files;

    private ImageReader(Path place, ImageFiles files) {
        this.place = place;
        this.files = files;
    }

    public static StoredImage layoutFolder(Path folder, Wanted wanted) throws IOException {
        try (ImageFiles files = ImageFiles.folder(folder)) {
            return new ImageReader(folder, files).read(new LayoutImages(files), wanted);
        }
    }

    public static StoredImage layoutArchive(Path file, Wanted wanted) throws IOException {
        try (ImageFiles files = ImageFiles.archive(file)) {
            return new ImageReader(file, files).read(new LayoutImages(files), wanted);
        }
    }

    public static StoredImage dockerArchive(Path file, Wanted wanted) throws IOException {
        try (ImageFiles files = ImageFiles.archive(file)) {
            return new ImageReader(file, files).read(new DockerImages(files), wanted);
        }
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

    private StoredImage read(Images images, Wanted wanted) throws IOException {
        List<Candidate> named = images.list(wanted);
        Candidate chosen = choose(images, named, wanted);
        Documents documents = images.documents(chosen);
        ContainedImages contained = contents(documents).images();
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
                place + " has " + found + wanted + "; choose one by tag or platform: "
                        + (available.isEmpty() ? "there is none" : String.join("; ", available)),
                available);
    }

    private RegistryContents contents(Documents documents) throws IOException {
        RegistryContents contents = new RegistryContents();
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
