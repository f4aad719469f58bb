package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Recognizes tools that build and push images, the names of which are not to be saved. */
final class BuildTools {
    private static final int LONGEST_COMMAND = 500;
    private static final String TRANSPORT = "docker://";
    private static final String KANIKO = "kaniko";
    private static final Set<String> TOOLS = Set.of(
            "docker",
            "podman",
            "buildah",
            "nerdctl",
            "crane",
            "skopeo",
            "oras",
            "ctr",
            "img",
            "regctl",
            "helm",
            "ko",
            "cosign",
            "flux",
            "imgpkg",
            "buildctl",
            "pack",
            KANIKO);
    private static final Set<String> BUILDS = Set.of("build", "bud", "buildx", "commit");
    private static final Set<String> COPIES = Set.of("copy", "cp", "sync");
    private static final Set<String> TARGET_FLAGS = Set.of(
            "destination",
            "dest",
            "cache-repo",
            "cache-to",
            "cache-from",
            "export-cache",
            "import-cache",
            "output",
            "push-to",
            "target-image",
            "output-image",
            "to-repo",
            "Djib.to.image",
            "Dspring-boot.build-image.imageName",
            "Dquarkus.container-image.image");

    private static final List<String> TASKS = List.of("build", "kaniko", "s2i", "jib", "push");

    private static final Set<String> PRODUCTS =
            Set.of("image", "image.url", "image.name", "image.reference", "app.image");

    private BuildTools() {}

    /**
     * {@return whether the image after a text is one that a command builds or pushes}
     *
     * @param before the text before the image; a command ends with its line, or where the shell ends it
     */
    static boolean isTarget(String before) {
        String text = before.substring(Math.max(commandStart(before), before.length() - LONGEST_COMMAND));
        boolean apart = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
        List<String> words = Stream.of(text.strip().split("\\s+")).toList();
        String joined = apart ? "" : words.get(words.size() - 1);
        return isTarget(apart ? words : words.subList(0, words.size() - 1), joined);
    }

    private static int commandStart(String text) {
        int at = text.length();
        while (at > 0 && text.length() - at < LONGEST_COMMAND && "\n;&|".indexOf(text.charAt(at - 1)) < 0) {
            at--;
        }
        return at;
    }

    private static boolean isTarget(List<String> words, String joined) {
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        int equals = joined.indexOf('=');
        if (equals > 0 && ImageNames.isTarget(joined.substring(0, equals))) {
            return true;
        }
        String flag = joined.startsWith("-") ? joined.substring(0, Math.max(0, equals)) : last;
        if (TARGET_FLAGS.contains(flag.replaceFirst("^--?", "")) && flag.startsWith("-")) {
            return true;
        }
        if (flag.equals("-d") && words.stream().anyMatch(it -> it.contains(KANIKO))) {
            return true;
        }
        if (flag.equals("-t") || flag.equals("--tag")) {
            return words.stream().anyMatch(BUILDS::contains);
        }
        int tool = tool(words);
        List<String> ofTool = words.subList(tool + 1, words.size());
        if (tool < 0 && !words.isEmpty() && !words.get(0).equals("push")) {
            return false;
        }
        boolean packed = last.equals("build") && joined.isEmpty() && words.contains("pack");
        return ofTool.contains("push")
                || ofTool.contains("manifest")
                || packed
                || isSecond(ofTool, "tag", joined)
                || isCopied(ofTool, joined);
    }

    /** {@return the index of the name of a tool, without its directory; -1 if there is none} */
    private static int tool(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (TOOLS.contains(word.substring(word.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isCopied(List<String> words, String joined) {
        return COPIES.stream().anyMatch(it -> isSecond(words, it, joined));
    }

    /** {@return whether a command already has an operand} Operands with a transport count only beside each other. */
    private static boolean isSecond(List<String> words, String command, String joined) {
        int start = words.indexOf(command);
        String kind = joined.endsWith(TRANSPORT) ? TRANSPORT : "";
        boolean local = command.equals("tag");
        return start >= 0
                && words.stream()
                        .skip(start + 1L)
                        .filter(it -> !it.startsWith("-"))
                        .anyMatch(it -> local || (it.indexOf('/') >= 0 && it.startsWith(kind)));
    }

    /**
     * {@return the beginning of the command of a container without a command, which is the tool in its image if it is
     * one of these}
     */
    static String program(String image) {
        return ImageText.reference(image).stream()
                .flatMap(it -> Stream.of(it.repository().split("[/-]")))
                .filter(TOOLS::contains)
                .findFirst()
                .map(it -> it + " ")
                .orElse("");
    }

    /** {@return whether a task or pipeline with parameters builds an image} */
    static boolean runs(YamlNode run) {
        return Stream.of("taskRef", "pipelineRef")
                .map(run::get)
                .filter(Objects::nonNull)
                .flatMap(BuildTools::names)
                .anyMatch(name -> TASKS.stream().anyMatch(name::contains));
    }

    /** {@return the names of a task or pipeline, including the name in the parameters of a resolver} */
    private static Stream<String> names(YamlNode reference) {
        YamlNode parameters = reference.get("params");
        Stream<YamlNode> named = parameters == null ? Stream.empty() : parameters.items().stream();
        return Stream.concat(
                Stream.of(reference.textOf("name")),
                named.filter(it -> it.textOf("name").equals("name")).map(it -> it.textOf("value")));
    }

    /** {@return whether such a task gives its result the name in this parameter} */
    static boolean isProduct(String parameter) {
        return PRODUCTS.contains(String.join(".", KeyWords.of(parameter)));
    }
}
