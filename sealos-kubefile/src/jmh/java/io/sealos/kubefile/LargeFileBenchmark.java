package io.sealos.kubefile;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cost grows as the file does, in a heap of 20 times the largest. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx200m")
public class LargeFileBenchmark {
    @Param({"1", "5", "10"})
    int megabytes;

    @Param
    Shape shape;

    private byte[] source = new byte[0];

    /** The content of the file. */
    public enum Shape {
        /** Typical Kubefiles, one after the other. */
        TYPICAL(ParseBenchmark.TYPICAL),
        /** Nothing but comments. */
        COMMENTS("# a comment of some length, as people write them\n"),
        /** Continued lines, in instructions of about a megabyte each. */
        CONTINUED("ENV A=b" + " \\\n  KEY=\"a value\"".repeat(50_000) + "\n");

        private final String unit;

        Shape(String unit) {
            this.unit = unit;
        }
    }

    @Setup
    public void write() {
        int bytes = megabytes << 20;
        String source = shape.unit.repeat(bytes / shape.unit.length());
        this.source = source.getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public Kubefile parse() {
        return Kubefile.parse(source);
    }
}
