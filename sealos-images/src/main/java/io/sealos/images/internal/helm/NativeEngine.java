package io.sealos.images.internal.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Helm as a native library. Its results are read here and not by the Java classes of the engine, because those decode
 * with the system encoding and copy output of any size.
 */
final class NativeEngine {
    private static final int LONGEST_REASON = 4 * 1024 * 1024;

    private final Function install;
    private final Function free;

    private NativeEngine(NativeLibrary library) {
        this.install = library.getFunction("Install");
        this.free = library.getFunction("Free");
    }

    /** Loads the library, which takes the time to map 98 MB. */
    static NativeEngine load(Path library) {
        return new NativeEngine(NativeLibrary.getInstance(library.toString()));
    }

    /** Tries the Kubernetes versions in their order until the chart allows one. */
    EngineAnswer answer(EngineCall call) {
        EngineAnswer first = null;
        for (String version : call.versions()) {
            EngineAnswer answer = answer(call, version);
            if (!answer.isRefusalWith(KubernetesVersions.EXCLUDED)) {
                return answer;
            }
            first = first == null ? answer : first;
        }
        return first == null ? EngineAnswer.refused("no version of Kubernetes was given") : first;
    }

    private EngineAnswer answer(EngineCall call, String version) {
        Object[] options = {new DryInstall(call, version)};
        EngineResult result = (EngineResult) install.invoke(EngineResult.class, options);
        try {
            return answer(result, version, call.largestOutput());
        } finally {
            free.invokeVoid(new Object[] {result});
        }
    }

    private static EngineAnswer answer(EngineResult result, String version, long largest) {
        String reason = new String(bytes(result.err, Math.min(length(result.err), LONGEST_REASON)), UTF_8);
        if (!reason.isBlank()) {
            return EngineAnswer.refused(reason);
        }
        long size = length(result.out);
        if (size == 0) {
            return EngineAnswer.refused("Helm gave neither an output nor a reason, as it does when it panics");
        }
        return size > largest
                ? EngineAnswer.refused("the chart renders to more than " + largest + " bytes")
                : EngineAnswer.rendered(version, bytes(result.out, size));
    }

    private static long length(@Nullable Pointer text) {
        return text == null ? 0 : text.indexOf(0, (byte) 0);
    }

    private static byte[] bytes(@Nullable Pointer text, long size) {
        return text == null ? new byte[0] : text.getByteArray(0, (int) size);
    }
}
