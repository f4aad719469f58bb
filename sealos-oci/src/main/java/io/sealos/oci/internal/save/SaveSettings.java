package io.sealos.oci.internal.save;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.source.OpenSources;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.trust.policy.SignatureRules;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The settings for saving images.
 *
 * @param store the content store
 * @param sources the open local sources
 * @param access the access to registries
 * @param offline whether the network must not be used
 * @param preferred the images that get a tag that other images would share in {@code registry/}
 * @param platforms the images that are saved for all platforms
 * @param referrers whether signatures and other referrers are saved
 * @param signatures the rules for the signatures of images
 * @param executor the executor of the caller; empty for threads that end with the call
 * @param events the events for the listener
 */
public record SaveSettings(
        ContentStore store,
        OpenSources sources,
        AccessSettings access,
        boolean offline,
        Set<ImageReference> preferred,
        PlatformChoice platforms,
        boolean referrers,
        SignatureRules signatures,
        Optional<Executor> executor,
        SaveEvents events) {}
