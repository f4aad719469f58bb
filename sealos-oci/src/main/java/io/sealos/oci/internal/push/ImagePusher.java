package io.sealos.oci.internal.push;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.client.OutgoingBlob;
import io.sealos.oci.internal.client.OutgoingManifest;
import io.sealos.oci.internal.client.PushClient;
import io.sealos.oci.internal.client.RemoteImage;
import io.sealos.oci.internal.client.UploadOutcome;
import io.sealos.oci.internal.work.ItemOutcome;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pushes an image to a repository. What is there is not sent again, so that a push that broke off goes on when it is
 * repeated; all failures of a round are reported together, and a tag moves only when all that it points to is there.
 */
public final class ImagePusher {
    private static final int PARALLEL = 6;

    private final ImageReference repository;
    private final PushSettings settings;
    private final PushListener listener;

    public ImagePusher(ImageReference repository, PushSettings settings) {
        this.repository = repository;
        this.settings = settings;
        this.listener = settings.listener();
    }

    public void push(OutgoingImage image, List<String> tags) throws IOException, InterruptedException {
        try (PushClient client = new PushClient(new RemoteImage(repository), settings.access(), listener);
                WorkPool pool = WorkPool.of(PARALLEL, settings.executor())) {
            require(
                    pool.forEach(image.blobs(), blob -> send(blob, client)),
                    blob -> blob.digest().toString());
            require(
                    pool.forEach(image.inner(), manifest -> put(manifest, client)),
                    manifest -> manifest.digest().toString());
            require(pool.forEach(tags, tag -> put(image.root(), tag, client)), tag -> "tag " + tag);
        }
    }

    private UploadOutcome send(OutgoingBlob blob, PushClient client) throws IOException, InterruptedException {
        KnownRepositories known = new KnownRepositories(settings.store(), client.host());
        Optional<String> other = known.other(blob.digest(), repository.repository());
        UploadOutcome outcome = client.blob(blob, other, new BlobPush(blob, listener));
        if (outcome == UploadOutcome.SENT) {
            listener.finished(blob.digest(), blob.size(), client.host());
        } else {
            String from = outcome == UploadOutcome.MOUNTED ? other.orElse("") : "";
            listener.skipped(blob.digest(), blob.size(), from);
        }
        known.remember(blob.digest(), repository.repository());
        return outcome;
    }

    private static OutgoingManifest put(OutgoingManifest manifest, PushClient client)
            throws IOException, InterruptedException {
        client.manifest(manifest, manifest.digest().toString());
        return manifest;
    }

    private String put(OutgoingManifest root, String tag, PushClient client) throws IOException, InterruptedException {
        client.manifest(root, tag);
        listener.tagged(tag, root.digest());
        return tag;
    }

    private <T, R> void require(Map<T, ItemOutcome<R>> results, Function<T, String> name)
            throws UnpushedImageException {
        List<UnpushedImageException.Failure> failures = new ArrayList<>();
        results.forEach((part, result) -> result.failure()
                .ifPresent(cause -> failures.add(UnpushedImageException.Failure.of(name.apply(part), cause))));
        if (!failures.isEmpty()) {
            throw new UnpushedImageException(repository.toString(), failures);
        }
    }
}
