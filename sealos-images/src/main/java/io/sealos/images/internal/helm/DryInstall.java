package io.sealos.images.internal.helm;

import com.marcnuri.helm.jni.InstallOptions;
import java.lang.reflect.Constructor;
import java.util.Arrays;

/** {@code helm install --dry-run=client} without a cluster. All its texts are ASCII: what is not, is in files. */
final class DryInstall {
    private static final int ON = 1;

    private DryInstall() {}

    static InstallOptions options(EngineCall call, String kubernetesVersion) {
        InstallOptions options = empty();
        options.name = call.release();
        options.namespace = call.namespace();
        options.chart = call.chart().toString();
        options.kubeVersion = kubernetesVersion;
        options.values = call.wholeNumbers();
        options.valuesFiles = call.values().toString();
        options.dryRun = ON;
        options.dryRunOption = "client";
        options.clientOnly = ON;
        return options;
    }

    /** Its one constructor takes 32 arguments by their place; the fields have names. */
    private static InstallOptions empty() {
        Constructor<?> constructor = InstallOptions.class.getConstructors()[0];
        Object[] none = Arrays.stream(constructor.getParameterTypes())
                .map(type -> type == int.class ? 0 : null)
                .toArray();
        try {
            return (InstallOptions) constructor.newInstance(none);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this library does not know this version of helm-java", e);
        }
    }
}
