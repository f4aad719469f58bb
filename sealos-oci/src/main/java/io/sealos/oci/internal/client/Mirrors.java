package io.sealos.oci.internal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends requests to the mirrors of a registry, in their order, and then to the registry itself. */
final class Mirrors {
    private final AccessSettings settings;
    private final Set<Endpoint> broken = ConcurrentHashMap.newKeySet();

    Mirrors(AccessSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the result of the first address that succeeds. If all addresses fail, throws the failure of the registry
     * together with those of the mirrors.
     */
    <T> T first(RemoteImage image, Request<T> request) throws TransferException, InterruptedException {
        List<TransferException> failures = new ArrayList<>();
        for (Endpoint mirror : settings.endpoints().mirrorsOf(image.registry())) {
            if (!broken.contains(mirror)) {
                try {
                    return request.to(mirror);
                } catch (TransferException e) {
                    failures.add(remember(mirror, e));
                }
            }
        }
        try {
            return request.to(settings.endpoints().of(image.registry()));
        } catch (TransferException e) {
            throw e.after(failures);
        }
    }

    /**
     * Excludes a mirror that does not respond or fails with a server error. A mirror that does not have an image is
     * still asked for others.
     */
    private TransferException remember(Endpoint mirror, TransferException failure) throws TransferException {
        if (failure.isLocal()) {
            throw failure;
        }
        if (failure.status() == 0 || failure.status() >= 500) {
            broken.add(mirror);
        }
        return failure;
    }

    /** A request that can be sent to any of the addresses. */
    interface Request<T> {
        T to(Endpoint endpoint) throws TransferException, InterruptedException;
    }
}
