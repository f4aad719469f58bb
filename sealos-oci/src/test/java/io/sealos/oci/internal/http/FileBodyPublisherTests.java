package io.sealos.oci.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBodyPublisherTests {
    @TempDir
    Path directory;

    @Test
    void subscribeWhenAskedForBufferAfterBufferGivesTheFile() throws IOException {
        byte[] content = content(2_000_000);
        List<Long> told = new ArrayList<>();
        Receiver receiver = new Receiver(Long.MAX_VALUE);

        new FileBodyPublisher(write(content), content.length, told::add).subscribe(receiver);

        assertThat(receiver.received.toByteArray()).isEqualTo(content);
        assertThat(receiver.end).isEqualTo("complete");
        assertThat(told).hasSizeGreaterThan(2).isSorted().endsWith(2_000_000L);
    }

    @Test
    void subscribeWhenGivenUpReadsNoMore() throws IOException {
        byte[] content = content(2_000_000);
        Receiver receiver = new Receiver(600_000);

        new FileBodyPublisher(write(content), content.length, sent -> {}).subscribe(receiver);

        assertThat(receiver.received.size()).isLessThan(content.length);
        assertThat(receiver.end).isEmpty();
    }

    @Test
    void subscribeWhenFileIsEmptyCompletes() throws IOException {
        Receiver receiver = new Receiver(Long.MAX_VALUE);

        new FileBodyPublisher(write(new byte[0]), 0, sent -> {}).subscribe(receiver);

        assertThat(receiver.end).isEqualTo("complete");
    }

    @Test
    void subscribeWhenFileHasBecomeShorterFailsForGood() throws IOException {
        Path file = write(content(10));
        Receiver receiver = new Receiver(Long.MAX_VALUE);

        new FileBodyPublisher(file, 20, sent -> {}).subscribe(receiver);

        assertThat(receiver.end).isEqualTo("LocalException cannot be read: " + file + " has 10 bytes instead of 20");
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(directory.resolve("blob"), content);
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        return content;
    }

    /** Asks for one buffer after the other, up to a limit. */
    private static final class Receiver implements Subscriber<ByteBuffer> {
        private final long limit;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private String end = "";
        private @Nullable Subscription subscription;

        private Receiver(long limit) {
            this.limit = limit;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            byte[] part = new byte[bytes.remaining()];
            bytes.get(part);
            received.writeBytes(part);
            Subscription asked = Objects.requireNonNull(subscription);
            if (received.size() > limit) {
                asked.cancel();
            }
            asked.request(1);
        }

        @Override
        public void onError(Throwable error) {
            end = error.getClass().getSimpleName() + " " + error.getMessage();
        }

        @Override
        public void onComplete() {
            end += "complete";
        }
    }
}
