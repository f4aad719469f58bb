package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KubefileBuilderTests {
    @Test
    void writesEachInstructionWhenItIsValid() throws IOException {
        KubefileBuilder builder = Kubefile.builder();
        addFiles(builder);
        addCommands(builder);
        Kubefile built = builder.build();

        try (InputStream expected = KubefileBuilderTests.class.getResourceAsStream("built.txt")) {
            assertThat(built.toSource())
                    .isEqualTo(new String(Objects.requireNonNull(expected).readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(built.instructions().stream().map(Instruction::keyword).distinct())
                .hasSize(18);
    }

    private static void addFiles(KubefileBuilder builder) {
        builder.escape('\\')
                .comment("built by a program")
                .arg("BASE", "scratch")
                .flag("platform", "$BUILDPLATFORM")
                .from("$BASE", "files")
                .copy("a", "b c", "/d/")
                .from("scratch")
                .arg("VERSION")
                .env("TITLE", "costs $5 \"net\"")
                .label("sealos.io.type", "application")
                .flag("chown", "0:0")
                .flag("chmod", "0755")
                .copyFrom("files", "/d", "/d")
                .flag("chmod", "$MODE")
                .add("x.tar", "/x")
                .copyHeredoc("EOF\ntext", "/text")
                .flag("mount", "type=cache,target=/a b")
                .run("make \"all\"");
    }

    private static void addCommands(KubefileBuilder builder) {
        builder.runExec("make", "all")
                .runHeredoc("set -e\nmake\n")
                .cmd("bash a.sh", "echo \"b\"")
                .cmdShell("bash a.sh")
                .entrypoint()
                .entrypointShell("[ -f x ] && bash x")
                .user("1000:1000")
                .workdir("/w x")
                .expose("80", "53/udp")
                .volume("/a", "/b c")
                .stopSignal("SIGTERM")
                .flag("interval", "30s")
                .healthcheck("curl localhost")
                .healthcheckExec("curl", "localhost")
                .healthcheckNone()
                .shell("/bin/bash", "-c")
                .onbuild(it -> it.env("A", "1").copy("app", "/app"))
                .maintainer("Jo <jo@example.com>")
                .instruction("EXPOSE $PORT");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                        refusedStages(),
                        refusedStagesAndMore(),
                        refusedCopies(),
                        refusedCopiesAndMore(),
                        refusedFlags(),
                        refusedNames(),
                        refusedNamesAndMore(),
                        refusedArgs(),
                        refusedArgsAndMore(),
                        refusedTexts(),
                        refusedTextsAndMore(),
                        refusedSources())
                .flatMap(it -> it);
    }

    private static Stream<Arguments> refusedStages() {
        return Stream.of(
                refusal(it -> it.from(" "), "line 2, FROM: FROM has no base; write FROM scratch"),
                refusal(
                        it -> it.from("a b"),
                        "line 2, FROM: 'a b' is not a base; write an image, the name of an earlier stage, or scratch"),
                refusal(
                        it -> it.from("scratch", "a b"),
                        "line 2, FROM: the text has white space that is not read as given; remove the white space"),
                refusal(
                        it -> it.from("scratch", ""),
                        "line 2, FROM: the name of the stage is empty; give it a name, or leave it out"),
                refusal(
                        it -> it.from("scratch", "0"),
                        "line 2, FROM: the name of the stage is the number 0, which COPY --from reads as an index;"
                                + " begin the name with a letter"),
                refusal(
                        it -> it.from("${BASE"),
                        "line 2, FROM: buildah cannot expand ${BASE; use one of ${X}, ${X:-word}, ${X:+word} and"
                                + " ${X:?message}; a literal dollar is \\$"));
    }

    private static Stream<Arguments> refusedStagesAndMore() {
        return Stream.of(
                refusal(
                        it -> it.flag("platform", "linux").from("scratch"),
                        "line 2, FROM: 'linux' is not a platform; write os/architecture[/variant]"),
                refusal(
                        it -> it.flag("pull", "always").from("scratch"),
                        "line 2, FROM: FROM does not know the flag --pull=always; it knows --platform=OS/ARCH"));
    }

    private static Stream<Arguments> refusedCopies() {
        return Stream.of(
                refusal(
                        it -> it.copy("registry"),
                        "line 2, COPY: COPY needs a source and a destination; write COPY registry registry"),
                refusal(it -> it.copy("", "/x"), "line 2, COPY: a path is empty; write . for the whole directory"),
                refusal(
                        it -> it.copy("https://example.com/x", "/x"),
                        "line 2, COPY: COPY cannot fetch a URL; download the file into the context and COPY it"),
                refusal(
                        it -> it.copyFrom("0", "/x", "/x"),
                        "line 2, COPY: --from=0 names no earlier stage; name a stage that stands before this one"),
                refusal(
                        it -> it.flag("link", "true").copy("a", "b"),
                        "line 2, COPY: COPY does not know the flag --link=true; it knows --from=STAGE,"
                                + " --chown=USER:GROUP and --chmod=OCTAL"),
                refusal(
                        it -> it.flag("chmod", "u+x").copy("a", "b"),
                        "line 2, COPY: --chmod is not an octal mode: u+x; write it in octal, such as --chmod=0755"));
    }

    private static Stream<Arguments> refusedCopiesAndMore() {
        return Stream.of(
                refusal(
                        it -> it.flag("from", "x").add("a", "b"),
                        "line 2, ADD: ADD does not know the flag --from=x; it knows --chown=USER:GROUP and"
                                + " --chmod=OCTAL"),
                refusal(
                        it -> it.copyHeredoc("text", "/a b"),
                        "line 2, COPY: the text has white space that is not read as given; remove the white space"),
                refusal(
                        it -> it.instruction("COPY a"),
                        "line 2, COPY: COPY needs a source and a destination; write COPY a a"));
    }

    private static Stream<Arguments> refusedFlags() {
        return Stream.of(
                refusal(
                        it -> it.copyFrom("", "/x", "/x"),
                        "line 2, flag: the flag --from has no value; give it one, or leave it out"),
                refusal(it -> it.flag("x", "1").env("A", "1"), "line 2, ENV: ENV has no flag --x; remove it"),
                refusal(
                        it -> it.flag("--chown", "1").copy("a", "b"),
                        "line 2, flag: '--chown' is not the name of a flag; write it without dashes, such as chown"),
                refusal(
                        it -> it.flag("retries", "0").healthcheck("x"),
                        "line 2, HEALTHCHECK: --retries=0 is not a positive number; write it as --retries=3"),
                refusal(
                        it -> it.flag("chown", "1").build(),
                        "line 2, flag: no instruction follows the flag --chown; call flag before the method of its"
                                + " instruction"));
    }

    private static Stream<Arguments> refusedNames() {
        return Stream.of(
                refusal(it -> it.env("", "1"), "line 2, ENV: the name is empty; give it a name, such as VERSION"),
                refusal(
                        it -> it.env("A=B", "1"),
                        "line 2, ENV: the name 'A=B' has an equals sign, at which it would end; put the text after the"
                                + " equals sign into the value"),
                refusal(
                        it -> it.env("A", "a\nb"),
                        "line 2, ENV: a Kubefile has no way to write a line break in this value: only CMD, ENTRYPOINT,"
                                + " COPY, ADD and VOLUME have one, in JSON; put the text into a file and COPY it"),
                refusal(
                        it -> it.env("A", "\uD800"),
                        "line 2, ENV: the text has half of a surrogate pair, which UTF-8 cannot hold; correct the"
                                + " text"),
                refusal(
                        it -> it.env("SEALOS_SYS_KUBE_VERSION", "v1.31.0"),
                        "line 2, ENV: sealos sets SEALOS_SYS_KUBE_VERSION itself, and overrides this value; remove it;"
                                + " its value is the label version of the rootfs"));
    }

    private static Stream<Arguments> refusedNamesAndMore() {
        return Stream.of(
                refusal(
                        it -> it.env("SEALOS_SYS_SEALOS_VERSION", "v5"),
                        "line 2, ENV: sealos sets SEALOS_SYS_SEALOS_VERSION itself, and overrides this value; remove"
                                + " it, or use another name"),
                refusal(
                        it -> it.label("a\nb", "1"),
                        "line 2, LABEL: a Kubefile has no way to write a line break in this value: only CMD,"
                                + " ENTRYPOINT, COPY, ADD and VOLUME have one, in JSON; put the text into a file and"
                                + " COPY it"),
                refusal(it -> it.label(" ", "1"), "line 2, LABEL: the name is empty; give it a name, such as VERSION"));
    }

    private static Stream<Arguments> refusedArgs() {
        return Stream.of(
                refusal(
                        it -> it.arg("A B"),
                        "line 2, ARG: 'A B' is not the name of a build argument; use letters, digits and _"),
                refusal(
                        it -> it.arg("TARGETPLATFORM", "linux"),
                        "line 2, ARG: TARGETPLATFORM is not a platform: linux; write it as linux/arm64"),
                refusal(
                        it -> it.expose("http"),
                        "line 2, EXPOSE: 'http' is not a port; write a number from 1 to 65535, optionally followed by"
                                + " /tcp, /udp or /sctp"),
                refusal(
                        it -> it.expose("80", "65536/tcp"),
                        "line 2, EXPOSE: '65536/tcp' is not a port; write a number from 1 to 65535, optionally"
                                + " followed by /tcp, /udp or /sctp"),
                refusal(
                        it -> it.expose("http", "80", "65536"),
                        "line 2, EXPOSE: 'http', '65536' are not ports; write a number from 1 to 65535, optionally"
                                + " followed by /tcp, /udp or /sctp"),
                refusal(
                        KubefileBuilder::expose,
                        "line 2, EXPOSE: EXPOSE has no argument; give it one, or remove the instruction"),
                refusal(it -> it.volume(""), "line 2, VOLUME: a path is empty; write . for the whole directory"));
    }

    private static Stream<Arguments> refusedArgsAndMore() {
        return Stream.of(refusal(
                it -> it.volume(" /a"),
                "line 2, VOLUME: the volume ' /a' begins or ends with a space; remove the space"));
    }

    private static Stream<Arguments> refusedTexts() {
        return Stream.of(
                refusal(
                        it -> it.run("--x"),
                        "line 2, RUN: the text begins with --, so it is read as a flag; put another word before it"),
                refusal(
                        it -> it.stopSignal("SIGNOTHING"),
                        "line 2, STOPSIGNAL: 'SIGNOTHING' is not a signal; write a name such as SIGTERM, or a number"),
                refusal(it -> it.user(""), "line 2, USER: there is no text; write one, or leave the instruction out"),
                refusal(
                        KubefileBuilder::shell,
                        "line 2, SHELL: SHELL has no argument; give it one, or remove the instruction"),
                refusal(KubefileBuilder::runExec, "line 2, RUN: there is no program; name one"),
                refusal(
                        it -> it.run("[\"a\"]"),
                        "line 2, RUN: the text is read as a JSON array; use the method for the JSON form"),
                refusal(
                        it -> it.run("cat <<EOF"),
                        "line 2, RUN: the text begins a heredoc that has no end; use the method for heredocs"));
    }

    private static Stream<Arguments> refusedTextsAndMore() {
        return Stream.of(
                refusal(
                        it -> it.cmdShell("a \\"),
                        "line 2, CMD: the text is not one whole instruction; remove line breaks, and a \\ at the end of"
                                + " a line"),
                refusal(
                        it -> it.cmdShell(" a"),
                        "line 2, CMD: the text has white space that is not read as given; remove the white space"));
    }

    private static Stream<Arguments> refusedSources() {
        return Stream.of(
                refusal(
                        it -> it.onbuild(trigger -> trigger.from("scratch")),
                        "line 2, ONBUILD FROM: ONBUILD cannot put off FROM; remove it: an OCI image has no place for"
                                + " ONBUILD"),
                refusal(
                        it -> it.instruction("FORM scratch"),
                        "line 2, instruction: unknown instruction: FORM; did you mean FROM?"),
                refusal(
                        it -> it.instruction("ENV A=1\nENV B=2"),
                        "line 2, instruction: the text is not one whole instruction; remove line breaks, and a \\ at"
                                + " the end of a line"),
                refusal(
                        it -> it.instruction("# text\nENV A=1"),
                        "line 2, instruction: the text begins with a comment; call comment for it"),
                refusal(
                        it -> it.escape('`'),
                        "line 2, escape: the escape directive is not the first line; call escape first"));
    }

    private static Arguments refusal(Consumer<KubefileBuilder> call, String message) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusesAtOnceWhenItWouldBeRefusedLater(String message, Consumer<KubefileBuilder> call) {
        KubefileBuilder builder = Kubefile.builder().from("scratch");

        assertThatExceptionOfType(InvalidInstructionException.class)
                .isThrownBy(() -> call.accept(builder))
                .withMessage(message)
                .satisfies(
                        e -> assertThat(e.parts()).extracting(Object::toString).containsExactly(message));
    }

    @Test
    void refusesInstructionWhenItStandsBeforeFrom() {
        assertThatExceptionOfType(InvalidInstructionException.class)
                .isThrownBy(() -> Kubefile.builder().comment("x").env("A", "1"))
                .withMessage("line 2, ENV: an instruction stands before FROM; only ARG may; call from first");
        assertThatExceptionOfType(InvalidInstructionException.class)
                .isThrownBy(() -> Kubefile.builder().arg("A").build())
                .withMessage("line 2, build: the Kubefile has no FROM; call from, such as from(\"scratch\")");
        assertThatExceptionOfType(InvalidInstructionException.class)
                .isThrownBy(() -> Kubefile.builder().escape('x'))
                .withMessage("line 1, escape: the escape character may not be 'x'; use \\ or `");
    }

    @Test
    void keepsWhatWasAddedWhenAnInstructionIsRefused() {
        KubefileBuilder builder = Kubefile.builder().from("scratch");
        assertThatExceptionOfType(InvalidInstructionException.class)
                .isThrownBy(() -> builder.flag("chmod", "x").copy("a", "b"));

        assertThat(builder.copy("a", "b").build().toSource()).isEqualTo("FROM scratch\nCOPY [\"a\", \"b\"]\n");
    }

    @Test
    void keepsCommentWhenItReadsLikeADirective() {
        Kubefile built = Kubefile.builder()
                .comment("escape=`")
                .from("scratch")
                .env("A", "a\\b")
                .build();

        assertThat(built.toSource()).startsWith("#\n# escape=`\nFROM scratch\n");
        assertThat(built.evaluate(BuildOptions.defaults()).config().env()).containsEntry("A", "a\\b");
    }

    @Test
    void acceptsInstructionAsWrittenWhenItHasSeveralLines() {
        Kubefile built = Kubefile.builder()
                .instruction("ARG PORT=80")
                .instruction("FROM scratch")
                .instruction("ENV A=1 \\\n    B=2")
                .instruction("RUN <<EOF\nmake\nEOF")
                .instruction("EXPOSE $PORT")
                .build();

        assertThat(built.toSource())
                .isEqualTo("ARG PORT=80\nFROM scratch\nENV A=1 \\\n    B=2\nRUN <<EOF\nmake\nEOF\nEXPOSE $PORT\n");
        assertThat(built.instructions()).hasSize(5);
    }

    @Test
    void refusesStageWhenThereAreTooMany() {
        KubefileBuilder builder = Kubefile.builder();
        for (int stage = 0; stage < 500; stage++) {
            builder.from("scratch");
        }

        assertThatExceptionOfType(InvalidInstructionException.class)
                .isThrownBy(() -> builder.from("scratch"))
                .withMessage("line 501, FROM: the Kubefile has more than 500 stages; join stages, or build some of them"
                        + " as images of their own");
    }

    @Test
    void quotesNameWhenItLooksLikeAFlag() {
        ContainerConfig config = Kubefile.builder()
                .from("scratch")
                .label("--x", "1")
                .env("--y", "2")
                .user("--z")
                .build()
                .evaluate(BuildOptions.defaults())
                .config();

        assertThat(config.labels()).containsEntry("--x", "1");
        assertThat(config.env()).containsEntry("--y", "2");
        assertThat(config.user()).contains("--z");
    }
}
