package io.sealos.oci.internal.save;

import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.TestAccess;
import io.sealos.oci.internal.source.OpenSources;
import io.sealos.oci.internal.source.SaveRequest;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.trust.policy.SignatureRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Saves images for linux/amd64 into a store, as the tests want it. */
final class Saving {
    private final Path store;
    private final RegistryAccess access;
    private final RecordingListener listener = new RecordingListener();
    private boolean offline;
    private boolean referrers;
    private PlatformChoice platforms = new PlatformChoice(false, true, Set.of(), Set.of());
    private Optional<Executor> executor = Optional.empty();

    private Saving(Path store, RegistryAccess access) {
        this.store = store;
        this.access = access;
    }

    static Saving into(Path store, RegistryAccess access) {
        return new Saving(store, access);
    }

    Saving offline() {
        offline = true;
        return this;
    }

    Saving withReferrers() {
        referrers = true;
        return this;
    }

    Saving choosing(PlatformChoice choice) {
        platforms = choice;
        return this;
    }

    Saving on(Executor given) {
        executor = Optional.of(given);
        return this;
    }

    List<BuildEvent> heard() {
        return listener.heard();
    }

    /** Saves images as if {@code images/shim/list} contained their references, one per line. */
    SavedImages save(String... references) throws IOException, InterruptedException {
        List<SaveRequest> requests = new ArrayList<>();
        for (String reference : references) {
            requests.add(SaveRequest.of(ImageReference.parse(reference), "images/shim/list:" + (requests.size() + 1)));
        }
        return save(requests);
    }

    SavedImages save(List<SaveRequest> requests) throws IOException, InterruptedException {
        ContentStore content = new ContentStore(store);
        try (OpenSources sources = new OpenSources(content)) {
            SaveSettings settings = new SaveSettings(
                    content,
                    sources,
                    TestAccess.settings(access),
                    offline,
                    Set.of(),
                    platforms,
                    referrers,
                    SignatureRules.NONE,
                    executor,
                    SaveEvents.of(listener, BuildPhase.FETCH));
            return new ImageSaver(settings).save(new ImageSaver.Job(Platform.linuxAmd64(), requests));
        }
    }
}
