package io.sealos.images.internal.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * A request to the engine to render a chart.
 *
 * @param chart the directory of the chart
 * @param versions the Kubernetes versions in the order in which they are tried
 * @param release the name of the release
 * @param namespace the namespace of the release
 * @param values the file of values, the path of which Helm splits at commas
 * @param wholeNumbers the values that a file cannot express, {@code key=number}, URL-encoded, separated by {@code &}
 * @param largestOutput the largest size of the output in bytes
 */
record EngineCall(
        Path chart,
        List<String> versions,
        String release,
        String namespace,
        Path values,
        String wholeNumbers,
        long largestOutput) {
    /** The prefix of the directories that parent and child share. */
    static final String PREFIX = "sealos-charts";

    /** {@return the file of a call in the directory that parent and child share} */
    static Path file(Path work, int number) {
        return work.resolve(number + ".call");
    }

    /** {@return the file with the values of a call} */
    static Path values(Path work, int number) {
        return work.resolve(number + "-values.yaml");
    }

    /** {@return the file with the answer to a call} */
    static Path answer(Path work, int number) {
        return work.resolve(number + ".answer");
    }

    /** {@return the copy of the chart of a call} */
    static Path chart(Path work, int number) {
        return work.resolve(number + "-chart");
    }

    /** {@return everything that belongs to a call; some of it may not exist} */
    static List<Path> files(Path work, int number) {
        return List.of(chart(work, number), file(work, number), values(work, number), answer(work, number));
    }

    /** {@return the file with the reason why the engine did not start} */
    static Path failure(Path work) {
        return work.resolve("engine.failure");
    }

    /**
     * Writes the call to a file. {@code Properties.store} is not used, because it writes the time as well, and fails if
     * SOURCE_DATE_EPOCH is not a number.
     */
    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("chart", chart.toString());
        properties.setProperty("versions", String.join(" ", versions));
        properties.setProperty("release", release);
        properties.setProperty("namespace", namespace);
        properties.setProperty("values", values.toString());
        properties.setProperty("wholeNumbers", wholeNumbers);
        properties.setProperty("largestOutput", Long.toString(largestOutput));
        Files.write(
                file,
                properties.stringPropertyNames().stream()
                        .map(key -> key + "=" + URLEncoder.encode(properties.getProperty(key), UTF_8))
                        .sorted()
                        .toList());
    }

    private static String read(Properties properties, String key) {
        return URLDecoder.decode(properties.getProperty(key), UTF_8);
    }

    static EngineCall read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return new EngineCall(
                Path.of(read(properties, "chart")),
                List.of(read(properties, "versions").split(" ", -1)),
                read(properties, "release"),
                read(properties, "namespace"),
                Path.of(read(properties, "values")),
                read(properties, "wholeNumbers"),
                Long.parseLong(read(properties, "largestOutput")));
    }
}
