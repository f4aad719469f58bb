package io.sealos.images.internal.helm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Starts the running Java again with the engine, and waits for one answer after the other. */
final class ChildProcess implements AutoCloseable {
    private static final int LONGEST_COMPLAINT = 2000;

    private final Path work;
    private final Path log;
    private final Process process;

    ChildProcess(Path work, Path cache, int firstRequest) throws IOException {
        this.work = work;
        this.log = work.resolve("child.log");
        ProcessBuilder builder = new ProcessBuilder(command(work, cache, firstRequest));
        scrub(builder.environment(), work);
        this.process = builder.directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static List<String> command(Path work, Path cache, int firstRequest) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djna.encoding=UTF-8",
                "-Djna.tmpdir=" + work,
                "-Djna.nosys=true",
                "-Djava.io.tmpdir=" + work,
                "-Dfile.encoding=UTF-8",
                "-Dcom.marcnuri.jkube-helm.skipRemoteJar=1",
                "-cp",
                classPath(),
                HelmChild.class.getName(),
                work.toString(),
                cache.toString(),
                Integer.toString(firstRequest));
    }

    /** Nothing of the caller's environment reaches a chart or names a cluster. */
    private static void scrub(Map<String, String> environment, Path work) {
        String systemRoot = environment.get("SystemRoot");
        environment.clear();
        if (systemRoot != null) {
            environment.put("SystemRoot", systemRoot);
        }
        environment.put("HOME", work.toString());
        environment.put("KUBECONFIG", "/dev/null");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("GOMEMLIMIT", "1GiB");
    }

    private static String classPath() throws IOException {
        ClassLoader loader = HelmChild.class.getClassLoader();
        Set<String> entries = new LinkedHashSet<>();
        entries.add(location(HelmChild.class));
        try {
            for (String name : List.of(
                    "com.marcnuri.helm.Helm",
                    "com.marcnuri.helm.jni.NativeLibrary",
                    "com.sun.jna.Native",
                    "com.sun.jna.Platform")) {
                entries.add(location(Class.forName(name, false, loader)));
            }
            Class<?> api = Class.forName("com.marcnuri.helm.jni.NativeLibrary", false, loader);
            for (var provider : ServiceLoader.load(api, loader)) {
                entries.add(location(provider.getClass()));
            }
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IOException("the Helm engine is not on the class path (" + e.getMessage() + ")", e);
        }
        return String.join(File.pathSeparator, entries);
    }

    private static String location(Class<?> type) throws IOException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            if (source == null || source.getLocation() == null) {
                throw new IOException("it is not known where " + type.getName() + " lies");
            }
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException(type.getName() + " lies in no file or folder of its own", e);
        }
    }

    /** Waits until the answer is there; false if the process ended or the time is over. */
    boolean awaitAnswer(int number, Duration limit) throws InterruptedIOException {
        Path answer = WorkFolder.answer(work, number);
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!Files.exists(answer) && System.nanoTime() < end) {
                if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
            return Files.exists(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a chart was rendered");
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Why the process ended, as far as it says. */
    String complaint() throws IOException {
        String shown;
        try (InputStream in = Files.newInputStream(log)) {
            shown = new String(in.readNBytes(LONGEST_COMPLAINT), StandardCharsets.UTF_8).strip();
        }
        return "exit code " + process.exitValue() + (shown.isEmpty() ? "" : ", " + shown);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
