package io.sealos.images.internal.helm;

import static org.junit.jupiter.api.Assumptions.abort;

import java.net.URL;

/** The engine's library of this machine, without which a test of it is skipped. */
final class EngineAssumption {
    private EngineAssumption() {}

    static URL library() {
        try {
            return EngineSource.library(EngineSystem.current());
        } catch (EngineMissingException e) {
            return abort("no Helm engine for this system");
        }
    }
}
