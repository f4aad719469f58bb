package io.sealos.images.internal.helm;

import java.nio.file.Path;
import java.util.Map;

/**
 * The environment of the process of an engine. Charts see no variables of the caller, and no variable names a cluster.
 */
final class CleanEnvironment {
    /** The variable without which no program starts on Windows. */
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
