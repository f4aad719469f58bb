package io.sealos.oci.internal.save;

import io.sealos.images.Digest;
import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The events of saving images.
 *
 * @param listener the listener
 * @param phase the phase in which blobs are fetched
 * @param announced the blobs that were announced, and are not announced again
 */
public record SaveEvents(BuildListener listener, BuildPhase phase, Set<Digest> announced) {
    /** {@return the events of a phase in which no blob has been announced} */
    public static SaveEvents of(BuildListener listener, BuildPhase phase) {
        return new SaveEvents(listener, phase, ConcurrentHashMap.newKeySet());
    }
}
