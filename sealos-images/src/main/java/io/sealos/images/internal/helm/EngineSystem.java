package io.sealos.images.internal.helm;

import java.util.Locale;
import java.util.Set;

/**
 * A machine as the engine's artifacts are named after it.
 *
 * @param os {@code linux}, {@code darwin}, {@code windows}, or as Java has it
 * @param arch {@code amd64}, {@code arm64}, or as Java has it
 */
record EngineSystem(String os, String arch) {
    private static final Set<String> KNOWN =
            Set.of("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64");

    static EngineSystem current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /** By what Java says of it. */
    static EngineSystem of(String name, String arch) {
        String system = name.toLowerCase(Locale.ROOT);
        return new EngineSystem(
                system.startsWith("mac") ? "darwin" : system.startsWith("win") ? "windows" : system,
                arch.equals("x86_64") ? "amd64" : arch.equals("aarch64") ? "arm64" : arch);
    }

    /** Whether there is an engine for it at all. */
    boolean isKnown() {
        return KNOWN.contains(toString());
    }

    @Override
    public String toString() {
        return os + "-" + arch;
    }
}
