package io.sealos.images;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@link ScanHost} with a home, a temporary directory and an environment of its own. */
final class HostProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private HostProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The class path is the test's, without the entries that contain a word. */
    static HostProcess start(String renderer, Path context, Path home, Map<String, String> environment, String without)
            throws IOException {
        Path temporary = Files.createDirectories(home.resolve("tmp"));
        List<String> classPath =
                new ArrayList<>(List.of(System.getProperty("java.class.path").split(":", -1)));
        classPath.removeIf(it -> !without.isEmpty() && it.contains(without));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Newer JVMs warn of native code that nobody has allowed.
                        "--enable-native-access=ALL-UNNAMED",
                        // It runs for too short a time to gain from more.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + temporary,
                        "-Duser.home=" + home,
                        "-cp",
                        String.join(":", classPath),
                        ScanHost.class.getName(),
                        renderer,
                        context.toString())
                .redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().putAll(environment);
        return new HostProcess(builder.start());
    }

    /** The lines up to one with the word, that one included. */
    List<String> linesUntil(String word) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains(word)) {
                return lines;
            }
        }
        throw new AssertionError("the process ended without '" + word + "': " + lines);
    }

    long pid() {
        return process.pid();
    }

    List<ProcessHandle> children() {
        return process.toHandle().descendants().toList();
    }

    void signal(String name) throws IOException, InterruptedException {
        run("kill", "-" + name, Long.toString(pid()));
    }

    static String run(String... command) throws IOException, InterruptedException {
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return started.waitFor() == 0 ? text : "failed: " + text;
    }

    boolean hasEnded() throws InterruptedException {
        return process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
