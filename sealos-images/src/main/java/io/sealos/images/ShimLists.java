package io.sealos.images;

import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.scan.ContextFiles;
import io.sealos.images.internal.sealos.SealosLine;
import io.sealos.images.internal.sealos.SealosLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the lists that people write for sealos, {@code images/shim/} and {@code .sealignore}, as it does. */
final class ShimLists {
    private static final int LARGEST = 4 << 20;
    private static final int MOST_LINES = 20_000;

    private final ContextFiles files;
    private final ScanFindings findings;
    private int lines;

    ShimLists(ContextFiles files, ScanFindings findings) {
        this.files = files;
        this.findings = findings;
    }

    void readIgnoreList() throws IOException {
        for (Path file : files.entries("")) {
            if (files.name(file).equals(ScanIgnores.FILE) && Files.isRegularFile(file)) {
                copy(file, new SealosLines(SealosLine::ofIgnoreList, findings.ignores()::list));
            }
        }
    }

    void scan() throws IOException {
        for (Path file : files.below(StandardDirectory.SHIM)) {
            String name = files.name(file);
            if (!findings.ignores().leavesOut(name)) {
                copy(file, new SealosLines(SealosLine::ofShimList, line -> add(name, line)));
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
            ImageReference reference = ImageReference.parse(line.written());
            Sighting sighting = new Sighting(reference, Confidence.CERTAIN, "shim-list", line.number(), 1, "", "");
            findings.listed(sighting, file, line.written());
        } catch (ImageReferenceException e) {
            findings.problem(file, line.number(), e.getMessage() + "; write one reference a line");
            findings.sealos().badLine(file, line);
        }
    }
}
