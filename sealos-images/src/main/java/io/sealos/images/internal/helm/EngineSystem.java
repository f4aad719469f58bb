package io.sealos.images.internal.helm;

import java.util.Locale;
import java.util.Set;

/**
 * A machine in the terms of the names of the engine's artifacts.
 *
 * @param os {@code linux}, {@code darwin}, {@code windows}, {@code linux-musl}, or the name in Java
 * @param arch {@code amd64}, {@code arm64}, or the name in Java
 */
record EngineSystem(String os, String arch) {
    private static final String MUSL = "linux-musl";
    private static final Set<String> KNOWN =
            Set.of("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64");

    static EngineSystem current() {
        EngineSystem system = of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        return system.os.equals("linux") && CLibrary.isMusl() ? system.withMusl() : system;
    }

    /** {@return a machine with musl, for which there is no engine} */
    EngineSystem withMusl() {
        return new EngineSystem(MUSL, arch);
    }

    boolean isMusl() {
        return os.equals(MUSL);
    }

    /** {@return the machine with these names of operating system and architecture in Java} */
    static EngineSystem of(String name, String arch) {
        String system = name.toLowerCase(Locale.ROOT);
        return new EngineSystem(
                system.startsWith("mac") ? "darwin" : system.startsWith("win") ? "windows" : system,
                arch.equals("x86_64") ? "amd64" : arch.equals("aarch64") ? "arm64" : arch);
    }

    /** {@return whether there is an engine for the machine} */
    boolean isKnown() {
        return KNOWN.contains(toString());
    }

    @Override
    public String toString() {
        return os + "-" + arch;
    }
}
