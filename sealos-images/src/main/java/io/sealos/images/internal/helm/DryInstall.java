package io.sealos.images.internal.helm;

import com.marcnuri.helm.jni.InstallOptions;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code helm install --dry-run=client} without a cluster. Their texts are passed as UTF-8, not in the
 * encoding of the system.
 */
final class DryInstall extends InstallOptions {
    private static final @Nullable String NONE = null;
    private static final int OFF = 0;
    private static final int ON = 1;

    DryInstall(EngineCall call, String kubernetesVersion) {
        super(
                NONE, OFF, NONE, NONE, NONE, NONE, NONE, OFF, OFF, NONE, OFF, OFF, OFF, OFF, NONE, OFF, OFF, OFF, NONE,
                NONE, NONE, NONE, NONE, NONE, NONE, NONE, OFF, OFF, NONE, OFF, OFF, NONE);
        setStringEncoding("UTF-8");
        name = call.release();
        namespace = call.namespace();
        chart = call.chart().toString();
        kubeVersion = kubernetesVersion;
        values = call.wholeNumbers();
        valuesFiles = call.values().toString();
        dryRun = ON;
        dryRunOption = "client";
        clientOnly = ON;
    }
}
