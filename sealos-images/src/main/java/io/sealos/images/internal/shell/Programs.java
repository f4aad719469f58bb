package io.sealos.images.internal.shell;

import java.util.List;
import java.util.Set;

/** What is known of programs by their names, without the folder. */
public final class Programs {
    private static final Set<String> SHELLS = Set.of("bash", "sh", "dash", "ash", "zsh", "ksh");
    private static final Set<String> FETCHING =
            Set.of("wget", "curl", "git", "tar", "unzip", "gunzip", "make", "sealos", "rsync", "kustomize");
    private static final Set<String> FETCHING_OF_HELM = Set.of("pull", "fetch", "create");

    private Programs() {}

    /** Whether it runs scripts of the shell. */
    public static boolean isShell(String name) {
        return SHELLS.contains(name);
    }

    /** Whether it loads, unpacks or makes files of which nothing is known here. */
    public static boolean fetches(String name, List<String> arguments) {
        return FETCHING.contains(name)
                || (name.equals("helm") && arguments.stream().anyMatch(FETCHING_OF_HELM::contains));
    }
}
