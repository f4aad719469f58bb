package io.sealos.images.internal.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The child process: renders the calls of a folder in the order in which it is told their numbers, and leaves each
 * answer as a file that appears whole. Files, because the engine prints to both standard streams. The parent holds the
 * standard input; when it ends, the parent is gone, and the child removes what it has written and stops.
 */
final class HelmChild {
    private HelmChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Path.of(arguments[0]);
        Path cache = Path.of(arguments[1]);
        Guardian guardian = Guardian.start(work, cache, Long.parseLong(arguments[2]));
        try {
            answer(guardian, work, cache);
        } finally {
            guardian.awaitRemoval();
        }
    }

    private static void answer(Guardian guardian, Path work, Path cache) throws IOException, InterruptedException {
        NativeEngine engine;
        try {
            JnaLibrary.unpack(work);
            engine = NativeEngine.load(new EngineLibrary(cache, work).file());
        } catch (IOException | LinkageError e) {
            Files.writeString(WorkFolder.failure(work), String.valueOf(e.getMessage()));
            return;
        }
        while (true) {
            int number = guardian.nextCall();
            engine.answer(EngineCall.read(WorkFolder.call(work, number))).write(WorkFolder.answer(work, number));
        }
    }
}
