package io.sealos.oci.internal.layout;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.NotWrittenException;
import io.sealos.internal.files.PlacedArgumentException;
import io.sealos.internal.text.Count;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.layer.EarlierLayers;
import io.sealos.oci.internal.read.PartsFile;
import io.sealos.oci.internal.store.ImageProblemException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Writes an image as an OCI archive in parts. The parts file comes last. */
public final class PartsWriter {
    private static final int BUFFER = 1 << 18;

    private final Path archive;
    private final long partSize;
    private final SortedSet<Integer> only;
    private final Optional<Path> stagingDirectory;

    /**
     * Creates a writer.
     *
     * @param only the numbers of the parts that are written; empty for all
     * @param stagingDirectory the directory in which layers are created; empty for that of the archive
     */
    public PartsWriter(Path archive, long partSize, SortedSet<Integer> only, Optional<Path> stagingDirectory) {
        this.archive = archive;
        this.partSize = partSize;
        this.only = only;
        this.stagingDirectory = stagingDirectory;
    }

    /** {@return the first parts, whose number is not known yet, and the files that describe them} */
    public List<Path> paths() {
        PartNames names = PartNames.of(archive, 1);
        return List.of(names.part(1), names.part(2), names.partsFile(), names.checksums());
    }

    /** {@return the parts file} */
    public Path partsFile() {
        return PartNames.of(archive, 1).partsFile();
    }

    /** Throws an exception if the path of the archive is a directory, or no file can be created beside it. */
    public void check() throws IOException {
        new ArchiveFile(archive).check();
    }

    /** Writes the parts, their checksums and the parts file. */
    public WrittenImage write(ImageRequest request) throws IOException {
        if (stagingDirectory.isEmpty()) {
            try (Staging staging = Staging.beside(archive)) {
                return write(request, staging, staging);
            }
        }
        // A part gets its name by a move, so it is created on the file system of the archive.
        try (Staging beside = Staging.beside(archive);
                Staging staging = Staging.in(stagingDirectory.get(), "sealos-staging")) {
            return write(request, staging, beside);
        }
    }

    private WrittenImage write(ImageRequest request, Staging staging, Staging beside) throws IOException {
        WrittenImage image = ImageWriter.write(request, staging, EarlierLayers.NONE);
        LayoutDirectory.complete(staging, image, request.tags());
        TarFile tar = new TarFile(ArchiveFile.ociMembers(staging));
        try {
            cut(tar, beside.scratch(), request.listener());
        } catch (ClosedByInterruptException | InterruptedIOException | ImageProblemException e) {
            throw e;
        } catch (IOException e) {
            throw NotWrittenException.of("", archive, "", e);
        }
        return image;
    }

    private void cut(TarFile tar, Path scratch, BuildListener listener) throws IOException {
        PartNames names = names(tar.size());
        if (only.isEmpty()) {
            PartsFile parts = all(tar, names, scratch, listener);
            for (Path stale : names.stale(parts)) {
                Files.delete(stale);
            }
            describe(names, parts);
        } else {
            some(tar, names, scratch, listener);
        }
    }

    private PartNames names(long size) {
        long parts = (size + partSize - 1) / partSize;
        if (parts > PartsFile.MOST_PARTS) {
            throw PlacedArgumentException.at(
                    archive,
                    " would have " + Count.of(parts, "part") + " of " + partSize + " bytes, but an archive has at most "
                            + PartsFile.MOST_PARTS + "; use larger parts");
        }
        return PartNames.of(archive, parts);
    }

    /** Each part gets its name when it is complete, so a later call can go on there. */
    private PartsFile all(TarFile tar, PartNames names, Path scratch, BuildListener listener) throws IOException {
        return write(tar, listener, new PartsOutput(names, partSize, only, scratch, part -> {
            if (part.isNew()) {
                Files.deleteIfExists(names.partsFile());
                Files.deleteIfExists(names.checksums());
            }
            part.publish();
        }));
    }

    /** The parts get their names at the end, when it is certain that they belong to the archive. */
    private void some(TarFile tar, PartNames names, Path scratch, BuildListener listener) throws IOException {
        List<PartOutput> complete = new ArrayList<>();
        PartsFile parts = write(tar, listener, new PartsOutput(names, partSize, only, scratch, complete::add));
        if (only.last() > parts.parts().size()) {
            throw new IllegalArgumentException("there is no part " + only.last() + "; " + archive + " has "
                    + Count.of(parts.parts().size(), "part"));
        }
        requireSame(names, parts);
        for (PartOutput part : complete) {
            part.publish();
        }
        describe(names, parts);
    }

    private static PartsFile write(TarFile tar, BuildListener listener, PartsOutput parts) throws IOException {
        return tar.inPhase(listener, () -> {
            try (parts;
                    OutputStream out = new BufferedOutputStream(parts, BUFFER)) {
                tar.writeTo(out, listener);
                return parts.finish();
            }
        });
    }

    /** Either of the files that describe the parts may be the only one that is left. */
    private static void requireSame(PartNames names, PartsFile parts) throws IOException {
        Path file = names.partsFile();
        Path sums = names.checksums();
        if (Files.exists(file) && !PartsFile.read(file).equals(parts)) {
            throw another(file);
        }
        if (Files.exists(sums) && !Files.readString(sums).equals(checksums(parts))) {
            throw another(sums);
        }
    }

    private static ImageProblemException another(Path description) {
        return ImageProblemException.at(
                description,
                " lists other parts than this build makes",
                "build from the lock file and the directory of that archive with the same size of parts, or write"
                        + " all parts again");
    }

    /** Writes the checksums, and then the parts file. */
    private static void describe(PartNames names, PartsFile parts) throws IOException {
        AtomicFile.write(names.checksums(), checksums(parts).getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(names.partsFile(), JsonText.object(json -> body(json, names, parts)));
    }

    private static String checksums(PartsFile parts) {
        return parts.parts().stream()
                .map(part -> part.digest().hex() + "  " + part.name() + "\n")
                .collect(Collectors.joining());
    }

    private static void body(JsonGenerator json, PartNames names, PartsFile parts) throws IOException {
        json.writeStringField("archive", String.valueOf(names.archive().getFileName()));
        json.writeNumberField("size", parts.size());
        json.writeStringField("digest", parts.digest().toString());
        json.writeArrayFieldStart("parts");
        for (PartsFile.Part part : parts.parts()) {
            json.writeStartObject();
            json.writeStringField("name", part.name());
            json.writeNumberField("size", part.size());
            json.writeStringField("digest", part.digest().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
