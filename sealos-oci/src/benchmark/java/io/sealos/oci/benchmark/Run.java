package io.sealos.oci.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The wall time and processor time of a process in seconds, its peak memory, and its output. */
record Run(double wall, double cpu, long peakMebibytes, String log) {
    private static final String FORMAT = "%e %U %S %M";

    /** Runs a command in an empty directory, which is deleted afterwards; null where its program is missing. */
    static @Nullable Run of(List<String> command, Path directory) throws IOException, InterruptedException {
        delete(directory);
        Files.createDirectories(directory);
        Path figures = directory.resolve("figures");
        List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-q", "-f", FORMAT, "-o", figures.toString()));
        timed.addAll(command);
        int exit = new ProcessBuilder(timed)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start()
                .waitFor();
        if (exit != 0 && exit != 127) {
            throw new IOException(command + " failed:\n" + Files.readString(directory.resolve("log")));
        }
        Run run = exit == 127 ? null : parse(Files.readString(figures), Files.readString(directory.resolve("log")));
        delete(directory);
        return run;
    }

    private static Run parse(String figures, String log) {
        String[] fields = figures.trim().split(" ", -1);
        double cpu = Double.parseDouble(fields[1]) + Double.parseDouble(fields[2]);
        return new Run(Double.parseDouble(fields[0]), cpu, Long.parseLong(fields[3]) >> 10, log);
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
