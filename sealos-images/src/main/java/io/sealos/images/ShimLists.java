package io.sealos.images;

import io.sealos.images.internal.finder.FinderNames;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.scan.ContextFiles;
import io.sealos.images.internal.sealos.SealosLine;
import io.sealos.images.internal.sealos.SealosLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the lists that people write for sealos, {@code images/shim/} and {@code .sealignore}, as it does. */
final class ShimLists {
    private final ContextFiles files;
    private final ScanFindings findings;

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

    private static void copy(Path file, SealosLines to) throws IOException {
        try (to) {
            Files.copy(file, to);
        }
    }

    private void add(String file, SealosLine line) {
        findings.sealos().add(file, line);
        try {
            ImageReference reference = ImageReference.parse(line.written());
            Sighting sighting =
                    new Sighting(reference, Confidence.CERTAIN, FinderNames.SHIM_LIST, line.number(), 1, "", "");
            findings.listed(sighting, file, line.written());
        } catch (ImageReferenceException e) {
            findings.problem(file, line.number(), e.getMessage() + "; write one reference a line");
            findings.sealos().badLine(file, line);
        }
    }
}
