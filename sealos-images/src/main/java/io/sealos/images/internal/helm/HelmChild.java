package io.sealos.images.internal.helm;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of the child process. It reads the path of the library, then the numbers of calls, and renders them in
 * their order. It writes each answer to a file that appears when it is complete, because the engine prints to both
 * standard streams. When the standard input ends, the parent has ended, and the child deletes its files and ends.
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
            JnaLibrary.unpack(work);
            engine = guardian.load(Path.of(URI.create(guardian.nextLine())));
        } catch (IOException | LinkageError e) {
            Files.writeString(EngineCall.failure(work), String.valueOf(e.getMessage()));
            return;
        }
        while (true) {
            int number = Integer.parseInt(guardian.nextLine());
            engine.answer(EngineCall.read(EngineCall.file(work, number))).write(EngineCall.answer(work, number));
        }
    }
}
