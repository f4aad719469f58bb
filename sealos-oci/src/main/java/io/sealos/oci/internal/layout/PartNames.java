package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.read.PartsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The names of the files of an archive in parts. */
record PartNames(Path archive, int digits) {
    private static final int FEWEST_DIGITS = 3;
    private static final int MOST_DIGITS = String.valueOf(PartsFile.MOST_PARTS).length();

    /** Returns the names for a number of parts. */
    static PartNames of(Path archive, long parts) {
        return new PartNames(
                archive, Math.max(FEWEST_DIGITS, String.valueOf(parts).length()));
    }

    private Path sibling(String ending) {
        return archive.resolveSibling(archive.getFileName() + ending);
    }

    /** Returns the file of a part; the first one has the number 1. */
    Path part(int number) {
        String value = String.valueOf(number);
        return sibling("." + "0".repeat(Math.max(0, digits - value.length())) + value);
    }

    Path checksums() {
        return sibling(".sha256");
    }

    Path partsFile() {
        return sibling(PartsFile.ENDING);
    }

    /**
     * Returns the parts of an earlier archive that are not parts of this one. Files with other numbers than parts have,
     * such as a date, are none.
     */
    List<Path> stale(PartsFile parts) throws IOException {
        List<String> names = parts.parts().stream().map(PartsFile.Part::name).toList();
        Path directory = archive.toAbsolutePath().getParent();
        if (directory == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isPart(file) && !names.contains(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        }
    }

    private boolean isPart(Path file) {
        String name = String.valueOf(file.getFileName());
        String prefix = archive.getFileName() + ".";
        String number = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return number.length() >= FEWEST_DIGITS
                && number.length() <= MOST_DIGITS
                && number.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && isNumber(Integer.parseInt(number))
                && Files.isRegularFile(file);
    }

    private static boolean isNumber(int number) {
        return number >= 1 && number <= PartsFile.MOST_PARTS;
    }
}
