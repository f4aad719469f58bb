package io.sealos.images.internal.shell.command;

import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.Unknowns;
import io.sealos.images.internal.shell.syntax.Word;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Properties of programs that are derived from their names, without the directory. */
public final class Programs {
    private static final Set<String> SHELLS = Set.of("bash", "sh", "dash", "ash", "zsh", "ksh");
    private static final Set<String> FETCHING =
            Set.of("wget", "curl", "git", "tar", "unzip", "gunzip", "make", "sealos", "rsync", "kustomize");
    private static final Set<String> FETCHING_OF_HELM = Set.of("pull", "fetch", "create");
    private static final Pattern KUBECTL = Pattern.compile("(kubectl|oc)(\\.exe|[-_.]?v?[0-9][\\w.-]*)?");
    private static final Set<String> IMAGES = Set.of("kustomize", "crictl", "ctr", "nerdctl", "docker", "podman");
    /** The largest number of words before the program, such as {@code sudo}. */
    private static final int FARTHEST = 8;

    private Programs() {}

    /** {@return whether the program runs shell scripts} */
    public static boolean isShell(String name) {
        return SHELLS.contains(name);
    }

    /** {@return whether the program downloads, unpacks or creates files that are not known} */
    public static boolean fetches(String name, List<String> arguments) {
        return FETCHING.contains(name)
                || (name.equals("helm") && arguments.stream().anyMatch(FETCHING_OF_HELM::contains));
    }

    /** {@return the address among the arguments; an empty string if there is none} */
    public static String address(List<String> arguments) {
        return arguments.stream()
                .map(Unknowns::without)
                .filter(it -> it.contains("://"))
                .findFirst()
                .orElse("");
    }

    /** {@return whether the program is kubectl, possibly with a version in its name, or has the same commands} */
    public static boolean isKubectl(String name) {
        return KUBECTL.matcher(name).matches();
    }

    /** {@return whether the program applies manifests or names images} */
    public static boolean namesImages(String name) {
        return isKubectl(name) || IMAGES.contains(name);
    }

    /** {@return whether a text may run a program that installs charts, applies manifests or names images} */
    public static boolean areNamedIn(String text) {
        return Stream.concat(Stream.of("helm", "kubectl"), IMAGES.stream()).anyMatch(text::contains);
    }

    /** {@return whether the words run a program that applies manifests or names images} */
    public static boolean nameImages(List<Word> words) {
        return words.stream()
                .limit(FARTHEST)
                .map(Word::literal)
                .anyMatch(it -> it != null && namesImages(ImagePath.name(it)));
    }

    /** {@return whether a file is a shell script, according to its first line or else its name} */
    public static boolean isScript(String path, String text) {
        return text.startsWith("#!") ? text.lines().findFirst().orElse("").contains("sh") : path.endsWith(".sh");
    }
}
