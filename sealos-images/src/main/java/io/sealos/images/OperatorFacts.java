package io.sealos.images;

import io.sealos.images.internal.operator.Operator;
import io.sealos.images.internal.operator.OperatorFormatException;
import io.sealos.images.internal.operator.OperatorReader;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.text.LimitedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Facts about an operator: which images it starts by its own defaults, so that no manifest names them. The README of
 * sealos-images describes the form of the file, in which the library's own facts are written, too.
 *
 * <pre>{@code
 * operator: wave-operator
 * images: [registry.example.com/wave/operator]
 * values:
 *   version:
 *   - field: spec.version
 *   - release: wave
 * facts:
 * - name: server
 *   resource: example.com/Wave
 *   image: "registry.example.com/wave/server:{version}"
 * releases:
 * - version: 1.4.0
 *   before: 2.0.0
 *   values: {wave: "7.1"}
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 * @see ImageScanner.Builder#operatorFacts
 */
public final class OperatorFacts {
    private static final int LARGEST = 4_000_000;

    private final Operator operator;

    private OperatorFacts(Operator operator) {
        this.operator = operator;
    }

    /**
     * {@return the facts in a YAML text}
     *
     * @param yaml a text of at most 1,000,000 characters
     * @throws OperatorFactsException if the text is not in the form of such a file; the exception has the line and a
     *     fix
     */
    public static OperatorFacts parse(String yaml) {
        Objects.requireNonNull(yaml, "yaml");
        return parse("operator facts", yaml);
    }

    /**
     * {@return the facts in a YAML file}
     *
     * @param file a file in UTF-8 of at most 1,000,000 characters
     * @throws OperatorFactsException if the file does not have this form; the exception has the file, the line and a
     *     fix
     * @throws IOException if the file cannot be read
     */
    public static OperatorFacts read(Path file) throws IOException {
        RequiredPath.file(file, "name the file of facts about an operator");
        byte[] bytes = LimitedFile.read(file, LARGEST, "split it into several files");
        return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8));
    }

    private static OperatorFacts parse(String source, String yaml) {
        try {
            return new OperatorFacts(OperatorReader.read(yaml));
        } catch (OperatorFormatException e) {
            String place = e.line() > 0 ? source + ":" + e.line() : source;
            throw new OperatorFactsException(place, e.problem(), e.fix());
        }
    }

    Operator operator() {
        return operator;
    }

    /** {@return the name of the operator, such as {@code prometheus-operator}} */
    public String name() {
        return operator.name();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OperatorFacts that && operator.equals(that.operator);
    }

    @Override
    public int hashCode() {
        return operator.hashCode();
    }

    /** {@return the name and the versions, such as {@code prometheus-operator 0.50.0 to 0.93.0}} */
    @Override
    public String toString() {
        return operator.toString();
    }
}
