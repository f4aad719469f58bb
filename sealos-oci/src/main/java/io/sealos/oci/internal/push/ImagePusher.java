package io.sealos.oci.internal.push;

import io.sealos.images.ImageReference;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.ImagePushException;
import io.sealos.oci.internal.client.OutgoingBlob;
import io.sealos.oci.internal.client.OutgoingManifest;
import io.sealos.oci.internal.client.PushClient;
import io.sealos.oci.internal.client.RemoteImage;
import io.sealos.oci.internal.client.TransferException;
import io.sealos.oci.internal.client.UploadOutcome;
import io.sealos.oci.internal.progress.Failures;
import io.sealos.oci.internal.progress.PhaseRun;
import io.sealos.oci.internal.work.ItemOutcome;
import io.sealos.oci.internal.work.WorkPool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pushes an image to a repository. Blobs that the registry has are not sent again, so an interrupted push continues
 * when it is repeated. All failures of a step are reported together. A tag is moved only when everything that it will
 * point to has arrived.
 */
public final class ImagePusher {
    private static final int PARALLEL = 6;

    private final ImageReference repository;
    private final PushSettings settings;
    private final BuildListener listener;

    public ImagePusher(ImageReference repository, PushSettings settings) {
        this.repository = repository;
        this.settings = settings;
        this.listener = settings.listener();
    }

    public void push(OutgoingImage image, List<String> tags) throws IOException, InterruptedException {
        try (PhaseRun phase = start(image.blobs())) {
            try {
                send(image, tags);
                phase.complete();
            } catch (InterruptedException e) {
                throw phase.cancel(e);
            }
        }
    }

    private void send(OutgoingImage image, List<String> tags) throws IOException, InterruptedException {
        try (PushClient client = new PushClient(new RemoteImage(repository), settings.access(), this::retrying);
                WorkPool pool = WorkPool.of(PARALLEL, settings.executor())) {
            require(
                    pool.forEach(image.blobs(), blob -> send(blob, client)),
                    blob -> blob.digest().toString());
            require(
                    pool.forEach(image.inner(), manifest -> put(manifest, client)),
                    manifest -> manifest.digest().toString());
            if (!image.documents().isEmpty()) {
                require(
                        pool.forEach(List.of(image.root()), root -> put(root, client)),
                        root -> root.digest().toString());
                require(
                        pool.forEach(image.bySubject(), documents -> new DocumentPush(client).push(documents)),
                        documents ->
                                "documents of " + documents.get(0).subject().digest());
            }
            require(pool.forEach(tags, tag -> put(image.root(), tag, client)), tag -> "tag " + tag);
        }
    }

    private UploadOutcome send(OutgoingBlob blob, PushClient client) throws IOException, InterruptedException {
        KnownRepositories known = new KnownRepositories(settings.store(), client.host());
        Optional<String> other = known.other(blob.digest(), repository.repository());
        UploadOutcome outcome = send(blob, other, client);
        known.remember(blob.digest(), repository.repository());
        return outcome;
    }

    private UploadOutcome send(OutgoingBlob blob, Optional<String> other, PushClient client)
            throws IOException, InterruptedException {
        try (BlobPush report = new BlobPush(blob, repository, listener)) {
            try {
                UploadOutcome outcome = client.blob(blob, other, report);
                if (outcome == UploadOutcome.SENT) {
                    report.finished(client.host());
                } else {
                    report.skipped(outcome == UploadOutcome.MOUNTED ? other.orElse("") : "");
                }
                return outcome;
            } catch (IOException | InterruptedException | RuntimeException e) {
                report.failedWith(e);
                throw e;
            }
        }
    }

    private PhaseRun start(List<OutgoingBlob> blobs) {
        long size = PhaseRun.total(blobs.stream().mapToLong(OutgoingBlob::size));
        return PhaseRun.start(listener, BuildPhase.PUSH, blobs.size(), size);
    }

    private static OutgoingManifest put(OutgoingManifest manifest, PushClient client)
            throws IOException, InterruptedException {
        client.manifest(manifest, manifest.digest().toString());
        return manifest;
    }

    private String put(OutgoingManifest root, String tag, PushClient client) throws IOException, InterruptedException {
        client.manifest(root, tag);
        ImageReference name = ImageReference.parse(repository.name() + ":" + tag);
        listener.onEvent(new BuildEvent.TagPushed(name, root.digest()));
        return tag;
    }

    private <T, R> void require(Map<T, ItemOutcome<R>> results, Function<T, String> name) throws ImagePushException {
        List<ImagePushException.Failure> failures = new ArrayList<>();
        results.forEach((part, result) ->
                result.failure().ifPresent(cause -> failures.add(failure(name.apply(part), cause))));
        if (!failures.isEmpty()) {
            throw new ImagePushException(repository, failures);
        }
    }

    private static ImagePushException.Failure failure(String part, Exception cause) {
        return cause instanceof TransferException known
                ? new ImagePushException.Failure(part, known.host(), known.status(), known.problem(), known.hint())
                : new ImagePushException.Failure(part, "", 0, Failures.reason(cause), "");
    }

    private void retrying(RemoteImage remote, String host, String reason, Duration pause) {
        listener.onEvent(new BuildEvent.RequestRetried(repository, host, reason, pause));
    }
}
