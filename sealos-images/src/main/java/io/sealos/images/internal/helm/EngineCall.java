package io.sealos.images.internal.helm;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What the engine is asked to render.
 *
 * @param chart a folder
 * @param versions the versions of Kubernetes in the order in which they are tried
 * @param release its name
 * @param namespace its namespace
 * @param values a file of values; Helm splits its path at commas
 * @param wholeNumbers the values that a file cannot give, {@code key=number}, URL-encoded, with {@code &} between
 * @param largestOutput in bytes
 */
record EngineCall(
        Path chart,
        List<String> versions,
        String release,
        String namespace,
        Path values,
        String wholeNumbers,
        long largestOutput) {

    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("chart", chart.toString());
        properties.setProperty("versions", String.join(" ", versions));
        properties.setProperty("release", release);
        properties.setProperty("namespace", namespace);
        properties.setProperty("values", values.toString());
        properties.setProperty("wholeNumbers", wholeNumbers);
        properties.setProperty("largestOutput", Long.toString(largestOutput));
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
    }

    static EngineCall read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return new EngineCall(
                Path.of(properties.getProperty("chart")),
                List.of(properties.getProperty("versions").split(" ", -1)),
                properties.getProperty("release"),
                properties.getProperty("namespace"),
                Path.of(properties.getProperty("values")),
                properties.getProperty("wholeNumbers"),
                Long.parseLong(properties.getProperty("largestOutput")));
    }
}
