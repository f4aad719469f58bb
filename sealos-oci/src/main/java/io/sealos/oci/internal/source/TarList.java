package io.sealos.oci.internal.source;

import io.sealos.SealosException;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.internal.text.LimitedFile;
import io.sealos.oci.BuildRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list {@code images/skopeo/tar.txt}, as sealos reads it: lines {@code docker-archive:FILE@NAME} or
 * {@code oci-archive:FILE@NAME}, with files relative to the list. sealos uses the name as the path in
 * {@code registry/}. This library also stores the image where nodes look for it.
 */
public final class TarList {
    private static final String PATH = "images/skopeo/tar.txt";
    private static final Pattern LINE = Pattern.compile("(docker-archive|oci-archive):([^@]++)@(.++)");

    private static final int LARGEST = 1 << 20;

    private final Path context;
    private final Path directory;
    private final List<SaveRequest> requests = new ArrayList<>();
    private final List<SealosException.Part> problems = new ArrayList<>();

    private TarList(Path context) {
        this.context = context;
        this.directory = context.resolve("images/skopeo");
    }

    /** Reads the list of a context; empty if it has none. All malformed lines are reported together. */
    public static List<SaveRequest> read(Path context) throws IOException {
        Path file = context.resolve(PATH);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        TarList list = new TarList(context);
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            list.add(lines.get(i).strip(), PATH + ":" + (i + 1));
        }
        if (!list.problems.isEmpty()) {
            throw new BuildRefusedException(list.problems);
        }
        return List.copyOf(list.requests);
    }

    /** Returns the lines of a file without a byte order mark. */
    private static List<String> lines(Path file) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(LimitedFile.read(file, LARGEST, "list fewer archives")))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BuildRefusedException(
                    List.of(new SealosException.Part(PATH, "is not UTF-8 text", "write it again")));
        }
        return text.startsWith("\ufeff")
                ? text.substring(1).lines().toList()
                : text.lines().toList();
    }

    private void add(String line, String askedAt) throws IOException {
        Matcher parts = LINE.matcher(line);
        if (line.isEmpty()) {
            return;
        }
        if (!parts.matches() || line.indexOf('\0') >= 0) {
            refuse(
                    askedAt,
                    "'" + line + "' names no archive",
                    "write docker-archive:FILE@NAME:TAG or oci-archive:FILE@NAME:TAG");
            return;
        }
        LocalSource.Format format =
                parts.group(1).equals("oci-archive") ? LocalSource.Format.OCI : LocalSource.Format.DOCKER;
        Path archive = directory.resolve(parts.group(2)).normalize();
        if (isInside(archive, askedAt, parts.group(2))) {
            add(new ArchiveSource(archive, format), parts.group(3), askedAt);
        }
    }

    private boolean isInside(Path archive, String askedAt, String written) throws IOException {
        Path absolute = archive.toAbsolutePath().normalize();
        Path root = context.toAbsolutePath().normalize();
        if (!absolute.startsWith(root)) {
            refuse(askedAt, "'" + written + "' lies outside of the context", "put the archive into images/skopeo");
            return false;
        }
        if (!Files.isRegularFile(archive)) {
            refuse(askedAt, "there is no file " + root.relativize(absolute), "put the archive there");
            return false;
        }
        if (!archive.toRealPath().startsWith(context.toRealPath())) {
            refuse(askedAt, "'" + written + "' leads out of the context", "put the archive into images/skopeo");
            return false;
        }
        return true;
    }

    private void add(LocalSource archive, String name, String askedAt) {
        try {
            ImageReference reference = ImageReference.parse(name);
            SaveRequest request =
                    SaveRequest.of(reference, Optional.of(archive), repositories(name, reference), askedAt);
            if (requests.stream().noneMatch(request::isSameAs)) {
                requests.add(request);
            }
        } catch (ImageReferenceException e) {
            SealosException.Part part = e.parts().get(0);
            refuse(askedAt, "'" + part.place() + "' " + part.problem(), part.fix());
        }
    }

    private void refuse(String askedAt, String problem, String fix) {
        problems.add(new SealosException.Part(askedAt, problem, fix));
    }

    /**
     * Returns the repository in which nodes look for the image, and for a name like {@code nginx:1} also that in which
     * sealos stores it, {@code nginx}.
     */
    private static List<String> repositories(String name, ImageReference reference) {
        String asked = SiteNames.repository(reference);
        return name.indexOf('/') < 0 ? List.of(reference.familiarName(), asked) : List.of(asked);
    }
}
