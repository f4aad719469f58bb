package io.sealos.kubefile;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the time to parse and evaluate a Kubefile of usual size. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParseBenchmark {
    static final String TYPICAL = """
            FROM labring/kubernetes:v1.25.0 AS base
            # The chart and what it needs.
            FROM scratch
            ARG VERSION=1.2.3
            ENV NAME=nginx \\
                NAMESPACE="ingress nginx"
            LABEL sealos.io.type="application" sealos.io.version=v1beta1
            WORKDIR /
            COPY registry registry
            COPY --chmod=0755 entrypoint.sh .
            COPY charts/nginx-$VERSION charts/nginx
            CMD ["bash entrypoint.sh", "helm upgrade -i $(NAME) charts/nginx"]
            """;

    private final byte[] source = TYPICAL.getBytes(StandardCharsets.UTF_8);
    private final Kubefile kubefile = Kubefile.parse(source);

    @Benchmark
    public Kubefile parse() {
        return Kubefile.parse(source);
    }

    @Benchmark
    public KubefileEvaluation evaluate() {
        return kubefile.evaluate(BuildOptions.defaults());
    }
}
