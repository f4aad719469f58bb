package io.sealos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sealos.internal.files.NotWrittenException;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileParseException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SealosExceptionTests {
    @SuppressWarnings("NullAway") // null is what the test is about
    @Test
    void createPartWhenAComponentIsNullNamesIt() {
        assertThatNullPointerException()
                .isThrownBy(() -> new SealosException.Part(null, "p", ""))
                .withMessage("place");
        assertThatNullPointerException()
                .isThrownBy(() -> new SealosException.Part("", null, ""))
                .withMessage("problem");
        assertThatNullPointerException()
                .isThrownBy(() -> new SealosException.Part("", "p", null))
                .withMessage("fix");
    }

    @Test
    void createPartWhenThereIsNoProblemIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealosException.Part("Kubefile:1", " ", "x"))
                .withMessage("a part of an exception has no problem; its place is 'Kubefile:1'");
    }

    @Test
    void toStringLeavesOutWhatIsEmpty() {
        assertThat(new SealosException.Part("a:1", "is bad", "mend it")).hasToString("a:1: is bad; mend it");
        assertThat(new SealosException.Part("", "is bad", "")).hasToString("is bad");
    }

    @Test
    void partsOfWhenInputWasRefusedAreItsPartsThroughAllWrappers() {
        KubefileParseException refusal = catchThrowableOfType(
                KubefileParseException.class, () -> Kubefile.parse("FROM scratch\nNOPE x\nNEITHER y\n"));

        assertThat(SealosException.partsOf(refusal)).isEqualTo(refusal.parts()).hasSize(2);
        assertThat(SealosException.partsOf(new ExecutionException(new CompletionException(refusal))))
                .isEqualTo(refusal.parts());
        assertThat(SealosException.partsOf(new IOException("cannot be shown", refusal)))
                .isEqualTo(refusal.parts());
    }

    @Test
    void partsOfWhenFileCannotBeReadHaveItsNameAndTheFix() {
        Path missing = Path.of("no", "such");
        Throwable failure = catchThrowable(() -> Kubefile.parse(missing));

        assertThat(SealosException.partsOf(failure))
                .containsExactly(
                        new SealosException.Part(missing.toString(), "there is no such file", "check the path"));
        assertThat(SealosException.partsOf(new UncheckedIOException((IOException) failure)))
                .isEqualTo(SealosException.partsOf(failure));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void partsOfWhenFailureHasAMessageOnlyAreThoseOfTheMessage(Throwable failure, List<SealosException.Part> parts) {
        assertThat(SealosException.partsOf(failure)).isEqualTo(parts);
    }

    static List<Arguments> failures() {
        return List.of(
                arguments(new IOException("it is bad; mend it"), List.of(part("", "it is bad", "mend it"))),
                arguments(new IOException("it is bad"), List.of(part("", "it is bad", ""))),
                arguments(new IOException(), List.of(part("", "IOException", ""))),
                arguments(new EOFException("a; b; c"), List.of(part("", "a; b", "c"))),
                arguments(
                        new IllegalArgumentException("'x' is bad; write y"),
                        List.of(part("", "'x' is bad", "write y"))),
                arguments(
                        new FileSystemException("a", null, "is full; free space"),
                        List.of(part("a", "is full", "free space"))),
                arguments(
                        new NotDirectoryException("a/b: is a file; give a directory"),
                        List.of(part("a/b", "is a file", "give a directory"))),
                arguments(
                        new AccessDeniedException("a"),
                        List.of(part("a", "access is denied", "check the permissions"))),
                arguments(new FileSystemException("a"), List.of(part("a", "FileSystemException", ""))),
                arguments(
                        NotWrittenException.of("", Path.of("a").toAbsolutePath(), "", new IOException("broken")),
                        List.of(part(
                                Path.of("a").toAbsolutePath().toString(),
                                "cannot be written: broken",
                                "check the disk"))),
                arguments(new NullPointerException("x"), List.of()),
                arguments(new IllegalStateException(), List.of(part("", "IllegalStateException", ""))),
                arguments(new RuntimeException("what wraps is not shown"), List.of()));
    }

    @Test
    void partsOfWhenExceptionsAreSuppressedIncludeThemOnce() {
        IOException failure = new IOException("one");
        failure.addSuppressed(new IOException("other"));
        failure.addSuppressed(new IOException("one"));
        RuntimeException circle = new RuntimeException(failure);
        failure.addSuppressed(circle);

        assertThat(SealosException.partsOf(circle)).containsExactly(part("", "one", ""), part("", "other", ""));
    }

    private static SealosException.Part part(String place, String problem, String fix) {
        return new SealosException.Part(place, problem, fix);
    }
}
