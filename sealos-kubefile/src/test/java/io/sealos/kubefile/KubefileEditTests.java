package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubefileEditTests {
    @Test
    void findWhenThereAreSeveralReturnsAllInOrder() {
        Kubefile kubefile = KubefileAssert.parse("ARG A\nFROM a AS b\nENV A=1\nONBUILD ENV X=1\nFROM c\nENV B=2 C=3\n");

        assertThat(kubefile.find(EnvInstruction.class))
                .flatExtracting(EnvInstruction::variables)
                .extracting(Object::toString)
                .containsExactly("A=1", "B=2", "C=3");
        assertThat(kubefile.find(CmdInstruction.class)).isEmpty();
    }

    @Test
    void withEnvWhenKeyIsSetReplacesItsLastValueInTheLastStage() {
        String source = """
                FROM scratch AS a
                ENV criData=/a
                FROM scratch
                ENV criData=/b  other=x criData='/c' \\
                  # why
                  more=y
                ENV old form of ENV
                """;
        Kubefile kubefile = KubefileAssert.parse(source);

        assertThat(kubefile.withEnv("criData", "/var/lib x").toSource())
                .isEqualTo(source.replace("'/c'", "\"/var/lib x\""));
        assertThat(kubefile.withEnv("old", "new").toSource()).isEqualTo(source.replace("form of ENV", "new"));
    }

    @Test
    void withEnvWhenKeyIsNotSetAddsItAfterTheLastOfItsKind() {
        Kubefile kubefile = KubefileAssert.parse("# c\r\nFROM scratch\r\nENV A=1\r\nCOPY . .\r\nCMD [\"x\"]");

        assertThat(kubefile.withEnv("B", "2").toSource())
                .isEqualTo("# c\r\nFROM scratch\r\nENV A=1\r\nENV B=2\r\nCOPY . .\r\nCMD [\"x\"]");
        assertThat(kubefile.withLabel("l", "3").toSource())
                .isEqualTo("# c\r\nFROM scratch\r\nLABEL l=3\r\nENV A=1\r\nCOPY . .\r\nCMD [\"x\"]");
        assertThat(KubefileAssert.parse("FROM scratch").withLabel("l", "3").toSource())
                .isEqualTo("FROM scratch\nLABEL l=3");
    }

    @Test
    void withEnvWhenTheLastLineIsContinuedKeepsItsInstruction() {
        Kubefile kubefile = KubefileAssert.parse("FROM scratch\nENV A=1 \\\n# end\n");

        assertThat(kubefile.withEnv("B", "2")
                        .evaluate(BuildOptions.defaults())
                        .config()
                        .env())
                .containsEntry("A", "1")
                .containsEntry("B", "2");
    }

    @Test
    void withLabelWhenKeyIsQuotedOrUnderBacktickReplacesIt() {
        Kubefile kubefile = KubefileAssert.parse("# escape=`\nFROM scratch\nLABEL \"a b\"=1 'c'=2 `\n d=`\"\n");

        Kubefile edited = kubefile.withLabel("a b", "x\"y")
                .withLabel("c", "`")
                .withLabel("d", "")
                .withLabel("e`", "1");

        assertThat(edited.evaluate(BuildOptions.defaults()).config().labels())
                .containsEntry("a b", "x\"y")
                .containsEntry("c", "`")
                .containsEntry("d", "")
                .containsEntry("e`", "1")
                .hasSize(4);
        assertThat(edited.find(LabelInstruction.class)).hasSize(2);
    }

    @Test
    void withEnvWhenKeyHasADollarFindsItAgain() {
        Kubefile kubefile = KubefileAssert.parse("FROM scratch\nENV $K=1\n");

        Kubefile edited = kubefile.withEnv("A$B", "1").withEnv("A$B", "2");

        assertThat(edited.toSource()).isEqualTo("FROM scratch\nENV $K=1\nENV \"A\\$B\"=2\n");
    }

    @Test
    void withArgWhenDefaultsAreGivenSetsThemBeforeFromAndInTheLastStage() {
        Kubefile kubefile = KubefileAssert.parse("ARG V=1\nFROM a:$V AS b\nARG V=2\nFROM c:$V\nARG V W=1\nARG V=3\n");

        assertThat(kubefile.withArg("V", "9 0").toSource())
                .isEqualTo("ARG V=\"9 0\"\nFROM a:$V AS b\nARG V=2\nFROM c:$V\nARG V W=1\nARG V=\"9 0\"\n");
    }

    @Test
    void withArgWhenNoDefaultIsGivenSetsTheFirstDeclarationOrAddsOne() {
        assertThat(KubefileAssert.parse("ARG V\nFROM a:$V\nARG V\n")
                        .withArg("V", "1")
                        .toSource())
                .isEqualTo("ARG V=1\nFROM a:$V\nARG V\n");
        assertThat(KubefileAssert.parse("FROM a\nARG V\n").withArg("V", "1").toSource())
                .isEqualTo("FROM a\nARG V=1\n");
        assertThat(KubefileAssert.parse("ARG V\nFROM a\nARG V=2\n")
                        .withArg("V", "1")
                        .toSource())
                .isEqualTo("ARG V\nFROM a\nARG V=1\n");
        assertThat(KubefileAssert.parse("FROM a\nARG W\nCOPY . .\n")
                        .withArg("V", "1")
                        .toSource())
                .isEqualTo("FROM a\nARG W\nARG V=1\nCOPY . .\n");
    }

    @Test
    void withFromWhenThereIsAFromReplacesTheBaseOfTheLast() {
        assertThat(KubefileAssert.parse("FROM a AS b\nfrom --platform=linux/arm64  c  AS d # e\n".replace(" # e", ""))
                        .withFrom("scratch")
                        .toSource())
                .isEqualTo("FROM a AS b\nfrom --platform=linux/arm64  scratch  AS d\n");
        assertThat(Kubefile.parse("FROM\nCOPY . .\n").withFrom("scratch").toSource())
                .isEqualTo("FROM scratch\nCOPY . .\n");
    }

    @Test
    void withFromWhenThereIsNoneAddsIt() {
        assertThat(KubefileAssert.parse("# c\nARG A\nCOPY . .\n")
                        .withFrom("a:$A")
                        .toSource())
                .isEqualTo("# c\nARG A\nFROM a:$A\nCOPY . .\n");
        assertThat(KubefileAssert.parse("").withFrom("scratch").toSource()).isEqualTo("FROM scratch\n");
        assertThat(KubefileAssert.parse("# c").withFrom("scratch").toSource()).isEqualTo("# c\nFROM scratch\n");
        assertThat(KubefileAssert.parse("ARG A").withFrom("scratch").toSource()).isEqualTo("ARG A\nFROM scratch");
    }

    @Test
    void editsWhenBytesAreNotUtf8KeepThem() {
        byte[] source = "FROM scratch\nENV A=caf\u00e9 B=ok\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(KubefileAssert.bytes(Kubefile.parse(source).withEnv("B", "new")))
                .isEqualTo("FROM scratch\nENV A=caf\u00e9 B=new\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void editsWhenFilesAreJoinedChangeTheFileOfTheLastStage(@TempDir Path directory) throws IOException {
        Path one = Files.writeString(directory.resolve("Kubefile"), "FROM scratch\nENV A=1\n");
        Path two = Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\nENV A=2\n");

        assertThat(Kubefile.join(List.of(one, two)).withEnv("A", "3").toSource())
                .isEqualTo("FROM scratch\nENV A=1\nFROM scratch\nENV A=3\n");
    }

    @Test
    void editsWhenTheyCannotBeWrittenAreRefused() {
        Kubefile kubefile = KubefileAssert.parse("FROM scratch\nENV A=1\n");

        assertRefused(
                () -> kubefile.withEnv("SEALOS_SYS_KUBE_VERSION", "v1"),
                "ENV SEALOS_SYS_KUBE_VERSION: sealos sets SEALOS_SYS_KUBE_VERSION itself, and overrides this value;"
                        + " remove it; its value is the label version of the rootfs");
        assertRefused(
                () -> kubefile.withEnv("A=B", "1"),
                "ENV A=B: the name 'A=B' has an equals sign, at which it would end; put the text after the equals sign"
                        + " into the value");
        assertRefused(() -> kubefile.withLabel("", "1"), "LABEL: the name is empty; give it a name, such as VERSION");
        assertRefused(
                () -> kubefile.withEnv("B", "a\nb"),
                "ENV B: a Kubefile has no way to write a line break in this value: only CMD, ENTRYPOINT, COPY, ADD and"
                        + " VOLUME have one, in JSON; put the text into a file and COPY it");
        assertRefused(
                () -> kubefile.withArg("a b", "1"),
                "ARG a b: 'a b' is not the name of a build argument; use letters, digits and _");
        assertRefused(
                () -> kubefile.withFrom("a\\"),
                "FROM: 'a\\' is not a base; write an image, the name of an earlier stage, or scratch");
        assertRefused(
                () -> Kubefile.parse("ARG A\n").withEnv("B", "1"),
                "ENV B: the Kubefile has no FROM; add one before (withFrom)");
    }

    private static void assertRefused(Runnable edit, String message) {
        assertThatExceptionOfType(InvalidInstructionException.class)
                .isThrownBy(edit::run)
                .withMessage(message);
    }
}
