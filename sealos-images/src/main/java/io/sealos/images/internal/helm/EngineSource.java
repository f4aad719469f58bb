package io.sealos.images.internal.helm;

import com.marcnuri.helm.jni.NativeLibrary;
import java.net.URL;
import java.util.Locale;

/**
 * Locates the engine through the class loader of this library, in any packaging of the application. Neither the class
 * path nor lists of services are read, because a merged archive keeps only one such list.
 */
final class EngineSource {
    private static final String ENGINE = "com.marcnuri.helm-java:";

    private EngineSource() {}

    /** {@return a class of the Java part of the engine, loaded but not initialized} */
    static Class<?> engine(String name) throws EngineMissingException {
        return type("com.marcnuri.helm.jni." + name, ENGINE + "helm-java");
    }

    /** {@return a class of JNA, loaded but not initialized} */
    static Class<?> jna(String name) throws EngineMissingException {
        return type("com.sun.jna." + name, "net.java.dev.jna:jna-jpms");
    }

    private static Class<?> type(String name, String artifact) throws EngineMissingException {
        try {
            return Class.forName(name, false, EngineSource.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw missing(artifact + " (" + name + ")", artifact, e);
        }
    }

    private static EngineMissingException missing(String what, String artifact, Throwable cause) {
        EngineMissingException missing = new EngineMissingException(
                "the class path lacks " + what, "add " + artifact + " as a run-time dependency");
        missing.initCause(cause);
        return missing;
    }

    /** {@return the native library for a machine} */
    static URL library(EngineSystem system) throws EngineMissingException {
        jna("Native");
        Class<?> api = engine("NativeLibrary");
        if (system.isMusl()) {
            throw new EngineMissingException(
                    "helm-java's native library needs the GNU C library (glibc) 2.34 or newer, and this Java runs with"
                            + " musl, as on Alpine Linux",
                    "run on a system with glibc, such as Debian");
        }
        if (!system.isKnown()) {
            throw new EngineMissingException("helm-java has no native library for " + system, "");
        }
        String name = api.getPackageName() + "." + system.os() + "." + system.arch() + "." + capitalized(system.os())
                + capitalized(system.arch()) + "NativeLibrary";
        String artifact = ENGINE + system;
        try {
            Class<?> type = Class.forName(name, true, EngineSource.class.getClassLoader());
            NativeLibrary library =
                    (NativeLibrary) type.getDeclaredConstructor().newInstance();
            URL url = type.getResource("/" + library.getBinaryName());
            if (url == null) {
                throw new ClassNotFoundException(library.getBinaryName());
            }
            return url;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw missing(artifact + ", the engine's native library for this machine", artifact, e);
        }
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
