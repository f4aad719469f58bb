package io.sealos.images.internal.helm;

import java.nio.file.Path;
import java.util.Map;

/** The environment of an engine's process: nothing of the caller's reaches a chart, and nothing names a cluster. */
final class CleanEnvironment {
    /** Without it no program of Windows starts. */
    private static final String WINDOWS = "SystemRoot";

    private CleanEnvironment() {}

    static void set(Map<String, String> environment, Path work) {
        String windows = environment.get(WINDOWS);
        environment.clear();
        if (windows != null) {
            environment.put(WINDOWS, windows);
        }
        environment.put("HOME", work.toString());
        environment.put("KUBECONFIG", work.resolve("no-cluster").toString());
        environment.put("LC_ALL", "C.UTF-8");
    }
}
