package com.example.packaging;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Renders by class loaders of their own, several in one process, and throws them away: nothing may hold one. */
public final class ThrownAwayCheck {
    private static final int LOADERS = 3;

    private ThrownAwayCheck() {}

    /**
     * Fails if a class loader stays.
     *
     * @param arguments the directory of the library's archives, the application's archive, the context directory, and how
     *     to render
     */
    public static void main(String[] arguments) throws Exception {
        URL[] archives = archives(Path.of(arguments[0]), Path.of(arguments[1]));
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
        List<WeakReference<ClassLoader>> thrownAway = renderAll(archives, arguments, queue);
        if (arguments[3].equals("inProcess")) {
            return; // The library of the engine stays in the process, which is documented.
        }
        Set<Thread> more = Thread.getAllStackTraces().keySet().stream()
                .filter(it -> !before.contains(it) && it.getContextClassLoader() != null)
                .filter(it -> it.getContextClassLoader().getClass() == URLClassLoader.class)
                .collect(Collectors.toSet());
        if (!more.isEmpty()) {
            throw new IllegalStateException("threads stay: " + more);
        }
        compareRecords();
        awaitCollection(thrownAway);
        checkClosed(arguments[0]);
    }

    private static URL[] archives(Path directory, Path application) throws IOException {
        List<URL> archives = new ArrayList<>(List.of(application.toUri().toURL()));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path file : files) {
                archives.add(file.toUri().toURL());
            }
        }
        return archives.toArray(URL[]::new);
    }

    private static List<WeakReference<ClassLoader>> renderAll(
            URL[] archives, String[] arguments, ReferenceQueue<ClassLoader> queue) throws Exception {
        List<WeakReference<ClassLoader>> references = new ArrayList<>();
        List<URLClassLoader> loaders = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            URLClassLoader loader = new URLClassLoader(archives, ClassLoader.getPlatformClassLoader());
            loaders.add(loader);
            references.add(new WeakReference<>(loader, queue));
            loader.loadClass(RenderCheck.class.getName())
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {arguments[2], arguments[3]});
        }
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
        return references;
    }

    /** Java 17 keeps the type that a record of any class loader compared last: now one of ours. */
    private static void compareRecords() {
        record Compared(StringBuilder text) {}
        if (new Compared(new StringBuilder()).equals(new Compared(new StringBuilder()))) {
            throw new IllegalStateException("different builders are equal");
        }
    }

    /** The collector is asked until it has them: it need not heed the first call. */
    private static void awaitCollection(List<WeakReference<ClassLoader>> references) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            System.gc();
            if (references.stream().allMatch(it -> it.get() == null)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("class loaders stay: "
                + references.stream().filter(it -> it.get() != null).count());
    }

    /** Checks that none of the archives is open, if the operating system lists open files. */
    private static void checkClosed(String archives) throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(open)) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file) && Files.exists(file)
                        && Files.readSymbolicLink(file).startsWith(archives)) {
                    throw new IllegalStateException("an archive is open: " + Files.readSymbolicLink(file));
                }
            }
        }
    }
}
