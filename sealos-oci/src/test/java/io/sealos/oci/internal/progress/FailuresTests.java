package io.sealos.oci.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.internal.source.BlobEvents;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTests {
    private static final ImageReference IMAGE = ImageReference.parse("one.example/app:1");
    private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));

    private final List<BuildEvent> heard = new ArrayList<>();

    @Test
    void reasonWhenExceptionHasNoMessageNamesItsType() {
        assertThat(Failures.reason(new IOException("disk full"))).isEqualTo("disk full");
        assertThat(Failures.reason(new IllegalStateException())).isEqualTo("IllegalStateException");
        assertThat(Failures.reason(new IllegalStateException(" "))).isEqualTo("IllegalStateException");
        assertThat(Failures.reason(new IOException("x", new ClosedByInterruptException())))
                .isEqualTo("interrupted");
        assertThat(Failures.reason(new SocketTimeoutException("Read timed out")))
                .isEqualTo("Read timed out");
    }

    @Test
    void closeWhenBlobFailedHasAReasonWhateverWasThrown() {
        try (BlobEvents events = events()) {
            events.failedWith(new IllegalStateException());
        }
        try (BlobEvents events = events()) {
            events.started("one.example");
        }

        assertThat(heard)
                .filteredOn(BuildEvent.BlobFailed.class::isInstance)
                .hasToString("[failed " + DIGEST + " of " + IMAGE + ": IllegalStateException, failed " + DIGEST + " of "
                        + IMAGE + ": it was stopped by an error]");
    }

    @Test
    void closeWhenBlobWasInterruptedCountsAsCancelled() {
        try (BlobEvents events = events()) {
            events.started("one.example");
            events.failedWith(new IOException("cannot be stored", new ClosedByInterruptException()));
        }

        assertThat(heard.get(1)).isEqualTo(new BuildEvent.BlobCancelled(BuildPhase.FETCH, IMAGE, DIGEST, 10, 0));
        assertThat(heard.get(1)).hasToString("cancelled " + DIGEST + " of " + IMAGE);
    }

    private BlobEvents events() {
        return new BlobEvents(heard::add, BuildPhase.FETCH, IMAGE, DIGEST, 10);
    }
}
