package io.sealos.images.internal.shell;

import java.util.List;
import java.util.Set;

/** The programs that bring files of which nothing is known here: they load, unpack or make them. */
public final class Fetching {
    private static final Set<String> PROGRAMS =
            Set.of("wget", "curl", "git", "tar", "unzip", "gunzip", "make", "sealos", "rsync", "kustomize");
    private static final Set<String> OF_HELM = Set.of("pull", "fetch", "create");

    private Fetching() {}

    /** Whether a program, named without its folder, does that. */
    public static boolean is(String name, List<String> arguments) {
        return PROGRAMS.contains(name)
                || (name.equals("helm") && arguments.stream().anyMatch(OF_HELM::contains));
    }
}
