package io.sealos.oci.internal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import org.junit.jupiter.api.Test;

class InterruptionsTests {
    @Test
    void isInterruptionWhenExceptionOrItsCauseSaysSoIsTrue() {
        assertThat(Interruptions.isInterruption(new InterruptedException())).isTrue();
        assertThat(Interruptions.isInterruption(new InterruptedIOException())).isTrue();
        assertThat(Interruptions.isInterruption(new ClosedByInterruptException()))
                .isTrue();
        assertThat(Interruptions.isInterruption(new FileLockInterruptionException()))
                .isTrue();
        assertThat(Interruptions.isInterruption(new UncheckedIOException(new ClosedByInterruptException())))
                .isTrue();
    }

    @Test
    void isInterruptionWhenSomethingElseFailedIsFalse() {
        Exception circle = new IOException("one");
        circle.initCause(new IOException("other", circle));

        assertThat(Interruptions.isInterruption(new SocketTimeoutException())).isFalse();
        assertThat(Interruptions.isInterruption(new IOException("disk full"))).isFalse();
        assertThat(Interruptions.isInterruption(circle)).isFalse();
    }

    @Test
    void rethrowWhenExceptionIsNoInterruptionReturns() {
        assertThatCode(() -> Interruptions.rethrow(new IOException("disk full")))
                .doesNotThrowAnyException();
    }

    @Test
    void rethrowWhenOnlyTheCauseIsAnInterruptionThrowsOne() {
        IOException wrapped = new IOException("cannot be unpacked", new ClosedByInterruptException());

        assertThatExceptionOfType(ClosedByInterruptException.class)
                .isThrownBy(() -> Interruptions.rethrow(new ClosedByInterruptException()));
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> Interruptions.rethrow(wrapped))
                .withMessage("interrupted while files were read and written")
                .withCause(wrapped);
        assertThat(Thread.interrupted()).isTrue();
    }
}
