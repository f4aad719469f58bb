package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTests {
    @Test
    void resolvesCopiesWhenWorkdirAndStagesAreUsed() {
        KubefileEvaluation evaluation = KubefileAssert.parse("""
                        ARG V=1.2
                        FROM scratch AS files
                        COPY a /o/
                        FROM scratch AS unused
                        RUN false
                        FROM scratch
                        ARG V
                        WORKDIR /w
                        USER 5
                        COPY --chown=1:2 --chmod=0644 charts/app-$V ./charts/
                        COPY --from=files /o .
                        """).evaluate(BuildOptions.defaults());
        assertThat(evaluation.stages()).extracting(Stage::index).containsExactly(0, 2);
        assertThat(evaluation.refusals()).isEmpty();
        CopyStep chart = evaluation.copies().get(0);
        assertThat(chart.sources()).containsExactly("charts/app-1.2");
        assertThat(chart.destination()).isEqualTo("/w/charts/");
        assertThat(chart.chown()).contains("1:2");
        assertThat(chart.chmod()).contains("0644");
        assertThat(chart.fromStage()).isEmpty();
        assertThat(evaluation.copies().get(1).fromStage()).hasValue(0);
        assertThat(evaluation.copies().get(1).destination()).isEqualTo("/w/");
    }

    @Test
    void addsCallersSettingsWhenOptionsHaveThem() {
        BuildOptions options = BuildOptions.builder()
                .label("l", "x \"$A\" \\")
                .env("A", "cli")
                .buildArg("B", "arg")
                .platform(Platform.parse("linux/arm64"))
                .build();
        ContainerConfig config = KubefileAssert.parse("FROM scratch\nARG B\nARG TARGETARCH\nENV C=$A-$B-$TARGETARCH\n")
                .evaluate(options)
                .config();
        assertThat(config.env()).containsEntry("C", "cli-arg-arm64").containsEntry("A", "cli");
        assertThat(config.labels()).containsExactly(Map.entry("l", "x \"cli\" \\"));
    }

    @Test
    void beginsWithBaseWhenItsConfigurationIsGiven() {
        ContainerConfig base = ContainerConfig.builder()
                .env("PATH", "/bin")
                .env("A", "1")
                .cmd(List.of("c"))
                .workingDir("/b")
                .build();
        KubefileEvaluation evaluation = KubefileAssert.parse("FROM x:1\nENV A=2 B=$A\nWORKDIR y\n")
                .evaluate(BuildOptions.builder().baseConfig("x:1", base).build());
        assertThat(evaluation.refusals()).isEmpty();
        assertThat(evaluation.config().env())
                .containsExactly(Map.entry("PATH", "/bin"), Map.entry("A", "2"), Map.entry("B", "1"));
        assertThat(evaluation.config().workingDir()).contains("/b/y");
        assertThat(evaluation.config().cmd()).containsExactly("c");
    }

    @Test
    void beginsWithTriggersWhenBaseHasThem() {
        ContainerConfig base = ContainerConfig.builder()
                .cmd(List.of("c"))
                .onBuild(List.of("ENV A=1", "CMD [\"trigger\"]", "RUN make"))
                .build();
        KubefileEvaluation evaluation = KubefileAssert.parse("FROM x:1\nENV B=$A\nENTRYPOINT [\"e\"]\n")
                .evaluate(BuildOptions.builder().baseConfig("x:1", base).build());
        assertThat(evaluation.config().env()).containsEntry("A", "1").containsEntry("B", "1");
        assertThat(evaluation.config().cmd()).containsExactly("trigger");
        assertThat(evaluation.config().onBuild()).isEmpty();
        assertThat(evaluation.refusals())
                .extracting(step -> step.problem().range().sourceName().orElse("") + ": " + step.reason())
                .containsExactly("ONBUILD of x:1: RUN needs a container to run in");
    }

    @Test
    void namesImagesWhenTheyAreNotKnown() {
        Kubefile kubefile = KubefileAssert.parse("FROM x:1\nCOPY --from=y:$V /a /b\nCOPY --from=1 /a /b\n");
        assertThat(kubefile.evaluate(BuildOptions.defaults()).refusals())
                .extracting(RefusedStep::missingImage)
                .containsExactly(Optional.of("x:1"), Optional.of("y:"), Optional.empty());

        BuildOptions known = BuildOptions.builder()
                .baseConfig("x:1", ContainerConfig.builder().env("V", "2").build())
                .baseConfig("y:2", ContainerConfig.builder().build())
                .build();
        assertThat(kubefile.evaluate(known).copies())
                .extracting(copy -> copy.from().orElse(""))
                .containsExactly("y:2");
    }

    @Test
    void tellsWhereValueComesFromWhenTraced() {
        Trace trace = KubefileAssert.parse("FROM scratch\nARG V=1\nENV A=x$V\nLABEL l=$A\nCMD [\"c\"]\n")
                .evaluate(BuildOptions.defaults())
                .trace();
        TraceEntry env = trace.env("A").orElseThrow();
        assertThat(env.value()).isEqualTo("x1");
        assertThat(env.instruction()).map(i -> i.range().toString()).contains("3:1");
        assertThat(env.variables()).hasToString("[V=1]");
        assertThat(env.variables().get(0).origin()).isEqualTo(Variable.Origin.ARG_DEFAULT);
        assertThat(trace.label("l").orElseThrow().variables().get(0).origin()).isEqualTo(Variable.Origin.ENV);
        assertThat(trace.field("CMD")).map(TraceEntry::value).contains("c");
    }

    @Test
    void warnsWhenInstructionHasNoEffect() {
        KubefileEvaluation evaluation = KubefileAssert.parse("FROM scratch\nHEALTHCHECK --interval=1m30s CMD x\n")
                .evaluate(BuildOptions.defaults());
        assertThat(evaluation.warnings())
                .extracting(KubefileProblem::message)
                .containsExactly("HEALTHCHECK has no effect: an OCI image has no place for it");
    }

    @Test
    void warnsWhenNoArgDeclaresBuildArgument() {
        BuildOptions options = BuildOptions.builder()
                .buildArg("BASE", "scratch")
                .buildArg("A", "1")
                .buildArg("UNNEEDED", "2")
                .buildArg("VERSOIN", "3")
                .buildArg("http_proxy", "http://proxy")
                .build();
        KubefileEvaluation evaluation = KubefileAssert.parse(
                        "ARG BASE\nFROM scratch AS x\nARG UNNEEDED\nFROM $BASE\nARG VERSION=1 \"A=2\"\n")
                .evaluate(options);
        assertThat(evaluation.warnings())
                .extracting(KubefileProblem::toString)
                .containsExactly("1:1: no ARG declares the build argument VERSOIN\n1 | ARG BASE\n  | ^\n"
                        + "Add ARG VERSOIN, or leave the argument out.");
    }

    @Test
    void tellsWhatSealosRunsWhenAsked() {
        ContainerConfig config = KubefileAssert.config("""
                FROM scratch
                LABEL sealos.io.type=rootfs version=v1.28.0
                ENV NAME=app X="y z"
                ENTRYPOINT kubectl apply -f a.yaml
                CMD ["helm install $(NAME) ${NAME} $NAME $$ $other", "-c"]
                """);
        SealosRuntime runtime = SealosRuntime.of(config);
        assertThat(runtime.commands())
                .containsExactly("kubectl apply -f a.yaml", "helm install $(NAME) ${NAME} $NAME $$ $other");
        assertThat(runtime.expandedCommands())
                .containsExactly("kubectl apply -f a.yaml", "helm install app app app $ $(other)");
        assertThat(runtime.unknownVariables()).containsExactly("other");
        assertThat(runtime.environment()).containsExactly(Map.entry("NAME", "app"), Map.entry("X", "y z"));
        assertThat(runtime.variables())
                .containsExactly(
                        Map.entry("NAME", "app"),
                        Map.entry("X", "y z"),
                        Map.entry("SEALOS_SYS_KUBE_VERSION", "v1.28.0"),
                        Map.entry("SEALOS_SYS_SEALOS_VERSION", "latest"));
        assertThat(runtime.withCmd(config, List.of("x")).commands()).containsExactly("kubectl apply -f a.yaml", "x");
        assertThat(ImageType.of(config.labels())).contains(ImageType.ROOTFS);
        assertThat(ImageType.of(Map.of("apps.sealos.io/type", "odd"))).isEmpty();
        assertThat(ImageType.of(Map.of())).contains(ImageType.APPLICATION);
    }
}
