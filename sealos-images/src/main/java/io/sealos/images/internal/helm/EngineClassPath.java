package io.sealos.images.internal.helm;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** Where the engine's classes lie, which a consumer may have left out; found without linking to any of them. */
final class EngineClassPath {
    private static final String API = "com.marcnuri.helm.jni.NativeLibrary";
    private static final List<String> TYPES =
            List.of("com.marcnuri.helm.Helm", API, "com.sun.jna.Native", "com.sun.jna.Platform");

    private EngineClassPath() {}

    static Optional<String> whatIsMissing() {
        try {
            text();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    static String text() throws IOException {
        ClassLoader loader = HelmChild.class.getClassLoader();
        Set<String> entries = new LinkedHashSet<>();
        entries.add(location(HelmChild.class));
        try {
            for (String name : TYPES) {
                entries.add(location(Class.forName(name, false, loader)));
            }
            addProvider(entries, Class.forName(API, false, loader), loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IOException("the class path lacks " + e.getMessage(), e);
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void addProvider(Set<String> entries, Class<?> api, ClassLoader loader) throws IOException {
        int before = entries.size();
        try {
            for (Object provider : ServiceLoader.load(api, loader)) {
                entries.add(location(provider.getClass()));
            }
        } catch (ServiceConfigurationError e) {
            throw new IOException("the engine's native library is broken: " + e.getMessage(), e);
        }
        if (entries.size() == before) {
            String system = System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
            throw new IOException("the class path lacks its native library for " + system.toLowerCase(Locale.ROOT));
        }
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
}
