package io.sealos.images.internal.helm;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The child process: is told where the library is, then the numbers of calls, and renders them in their order. It
 * leaves each answer as a file that appears whole. Files, because the engine prints to both standard streams. The
 * parent holds the standard input; when it ends, the parent is gone, and the child removes what it has written and
 * stops.
 */
final class HelmChild {
    private HelmChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Path.of(arguments[0]);
        Guardian guardian = Guardian.start(work, Path.of(arguments[1]), Long.parseLong(arguments[2]));
        try {
            answer(guardian, work);
        } finally {
            guardian.awaitRemoval();
        }
    }

    private static void answer(Guardian guardian, Path work) throws IOException, InterruptedException {
        NativeEngine engine;
        try {
            engine = NativeEngine.load(Path.of(URI.create(guardian.nextLine())));
        } catch (LinkageError e) {
            Files.writeString(EngineCall.failure(work), String.valueOf(e.getMessage()));
            return;
        }
        while (true) {
            int number = Integer.parseInt(guardian.nextLine());
            engine.answer(EngineCall.read(EngineCall.file(work, number))).write(EngineCall.answer(work, number));
        }
    }
}
