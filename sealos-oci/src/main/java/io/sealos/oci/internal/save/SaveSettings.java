package io.sealos.oci.internal.save;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.source.OpenSources;
import io.sealos.oci.internal.source.SaveListener;
import io.sealos.oci.internal.store.ContentStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * What images are saved with.
 *
 * @param offline whether registries may not be asked
 * @param preferred images that get their names where others would fall on them
 * @param platforms of which images more than the platform of the build is saved
 * @param referrers whether signatures and the like come along
 */
public record SaveSettings(
        ContentStore store,
        OpenSources origins,
        AccessSettings access,
        boolean offline,
        Set<ImageReference> preferred,
        PlatformChoice platforms,
        boolean referrers,
        Optional<Executor> executor,
        SaveListener listener) {}
