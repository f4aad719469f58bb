package io.sealos.images.internal.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Helm as a native library. The Java classes of the engine are bypassed, because they decode with the system encoding
 * and copy output of any size.
 */
final class NativeEngine {
    private static final int LONGEST_REASON = 4 * 1024 * 1024;

    private final EngineFunctions functions;
    private final DryInstall dryInstall = new DryInstall();

    NativeEngine(EngineFunctions functions) {
        this.functions = functions;
    }

    /** Loads the library, which takes the time to map 98 MB. */
    static NativeEngine load(Path library) {
        return new NativeEngine(EngineFunctions.of(NativeLibrary.getInstance(library.toString())));
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
        Memory options = dryInstall.options(call, version);
        return functions.install(options, new AnswerReader(version, call.largestOutput()));
    }

    private record AnswerReader(String version, long largest) implements EngineFunctions.Reader {
        @Override
        public EngineAnswer read(@Nullable Pointer output, @Nullable Pointer refusal) {
            String reason = new String(bytes(refusal, Math.min(length(refusal), LONGEST_REASON)), UTF_8);
            if (!reason.isBlank()) {
                return EngineAnswer.refused(reason);
            }
            long size = length(output);
            if (size == 0) {
                return EngineAnswer.refused("Helm gave neither an output nor a reason, as it does when it panics");
            }
            return size > largest
                    ? EngineAnswer.refused("the chart renders to more than " + largest + " bytes")
                    : EngineAnswer.rendered(version, bytes(output, size));
        }

        private static long length(@Nullable Pointer text) {
            return text == null ? 0 : text.indexOf(0, (byte) 0);
        }

        private static byte[] bytes(@Nullable Pointer text, long size) {
            return text == null ? new byte[0] : text.getByteArray(0, (int) size);
        }
    }
}
