package io.sealos.images.internal.scan;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.images.ImageStorage;
import io.sealos.images.ScanProblem;
import io.sealos.images.StandardDirectory;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.finder.FinderNames;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.sealos.SealosDirectories;
import io.sealos.images.internal.sealos.SealosLine;
import io.sealos.images.internal.sealos.SealosLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code images/shim/} and {@code .sealignore}, the lists that people write for sealos, as sealos does. */
public final class ShimLists {
    private static final int LARGEST = 4 << 20;
    private static final int MOST_LINES = 20_000;
    private static final String SHIM_PARENT = "images";

    private final ContextFiles files;
    private final ScanFindings findings;
    private int lines;

    public ShimLists(ContextFiles files, ScanFindings findings) {
        this.files = files;
        this.findings = findings;
    }

    public void readIgnoreList() throws IOException {
        for (Path file : files.entries("")) {
            if (files.name(file).equals(SealosDirectories.IGNORE_LIST) && Files.isRegularFile(file)) {
                copy(file, new SealosLines(SealosLine::ofIgnoreList, findings.ignores()::list));
            }
        }
    }

    /** Scans the lists: each file below {@code images/shim}, or {@code images/shim} itself if it is a file. */
    public void scan() throws IOException {
        for (Path file : files.entries(SHIM_PARENT)) {
            if (files.name(file).equals(StandardDirectory.SHIM) && Files.isRegularFile(file)) {
                scan(file);
            }
        }
        for (Path file : files.below(StandardDirectory.SHIM)) {
            scan(file);
        }
    }

    private void scan(Path list) throws IOException {
        String name = files.name(list);
        if (!findings.ignores().leavesOut(name)) {
            copy(list, new SealosLines(SealosLine::ofShimList, line -> add(name, line)));
        }
    }

    /** Records what sealos would do with the list of archives. The images in the archives are not examined. */
    public void scanArchives() throws IOException {
        for (Path file : files.entries(StandardDirectory.SKOPEO)) {
            String name = files.name(file);
            if (name.equals(StandardDirectory.SKOPEO_TAR_LIST) && Files.isRegularFile(file)) {
                copy(file, new SealosLines(SealosLine::ofTarList, findings.sealos()::archive));
            }
        }
    }

    private void copy(Path file, SealosLines to) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                to) {
            to.write(in.readNBytes(LARGEST));
            if (in.read() >= 0) {
                findings.problem(
                        files.name(file),
                        0,
                        "is larger than " + LARGEST + " bytes and was not read to its end; list each image once");
            }
        }
    }

    private void add(String file, SealosLine line) {
        if (++lines > MOST_LINES) {
            if (lines == MOST_LINES + 1) {
                findings.problem(
                        file,
                        line.number(),
                        "the lists have more than " + MOST_LINES + " lines and were not read from here on; list each"
                                + " image once");
            }
            return;
        }
        findings.sealos().add(file, line);
        try {
            ImageStorage storage = line.storage();
            ImageReference reference = ImageReference.parse(
                    line.written().substring(storage.prefix().length()));
            Sighting sighting =
                    new Sighting(reference, Confidence.CERTAIN, FinderNames.SHIM_LIST, line.number(), 1, "", "");
            findings.listed(sighting, Source.listed(file, storage), line.written());
            checkProgram(storage, file, line);
        } catch (ImageReferenceException e) {
            findings.problem(file, line.number(), e.getMessage() + "; write one reference a line");
        }
    }

    private void checkProgram(ImageStorage storage, String file, SealosLine line) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        if (storage != ImageStorage.REGISTRY && storage.program(path).isEmpty()) {
            String programs = String.join(", ", storage.programs());
            findings.problem(
                    ScanProblem.Kind.NOT_SAVABLE,
                    file,
                    line.number(),
                    "'" + line.written() + "' is read by a program (" + programs + "), and none is on the PATH",
                    "install one, or name the image by its registry, or as an archive in images/skopeo/tar.txt");
        }
    }
}
