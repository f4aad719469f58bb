package io.sealos.images.internal.scan;

import com.google.re2j.Pattern;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory of manifests that an Application of Argo CD deploys.
 *
 * @param options the field {@code directory} of the source
 */
record ArgoDirectory(Path directory, YamlNode options, Deployment deployment) {
    private static final Pattern MANIFEST = Pattern.compile(".*\\.(ya?ml|json|jsonnet)");

    /** {@return the files that Argo CD reads, among them programs that print manifests} */
    List<Path> manifests(ContextFiles files) throws IOException {
        boolean recurses = options.textOf("recurse").equals("true");
        String include = options.textOf("include");
        String exclude = options.textOf("exclude");
        return files.below(files.name(directory)).stream()
                .filter(it -> recurses || directory.equals(it.getParent()))
                .filter(it -> MANIFEST.matches(String.valueOf(it.getFileName())))
                .filter(it -> exclude.isEmpty() || !isMatch(exclude, it))
                .filter(it -> include.isEmpty() || isMatch(include, it))
                .toList();
    }

    static boolean isProgram(Path file) {
        return file.toString().endsWith(".jsonnet");
    }

    /** {@return whether a pattern matches a file} A star matches slashes as well. */
    private boolean isMatch(String glob, Path file) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        StringBuilder pattern = new StringBuilder();
        int open = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            open += c == '{' ? 1 : c == '}' && open > 0 ? -1 : 0;
            pattern.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        case '{' -> "(?:";
                        case ',' -> open > 0 ? "|" : ",";
                        case '}' -> ")";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.matches(pattern + ")".repeat(open), name);
    }
}
