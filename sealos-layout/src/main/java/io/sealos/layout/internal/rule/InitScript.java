package io.sealos.layout.internal.rule;

import com.google.re2j.Pattern;
import io.sealos.images.StandardDirectory;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The script {@code init.sh}, which fetches the files of a context before the build. */
final class InitScript {
    /** The fix for files that the script would fetch. */
    static final String RUN =
            "run 'bash init.sh ARCH NAME VERSION' in the directory before the build, where there is a network";

    private static final Pattern WRITES_IMAGE_LIST = Pattern.compile(
            "(?m)^[^#\\n]*(>|-[a-zA-Z]*[OPo]|\\btee( -a)?)\\s*[\"']?(\\./)?" + StandardDirectory.SHIM + "\\b");

    private static final Pattern WILDCARDS = Pattern.compile("[*?\\[\\]]");

    private InitScript() {}

    static Optional<ContextFile> of(ClusterImageLayout layout) {
        return layout.file(StandardDirectory.INIT_SCRIPT).filter(ContextFile::isFile);
    }

    static boolean isThere(ClusterImageLayout layout) {
        return of(layout).isPresent();
    }

    /** {@return whether the script writes or fetches lists of images} */
    static boolean writesImageLists(ClusterImageLayout layout) {
        return of(layout)
                .flatMap(ContextFile::text)
                .filter(text -> WRITES_IMAGE_LIST.matcher(text).find())
                .isPresent();
    }

    /**
     * {@return whether the script contains the first or the last element of a path, so that it may create the path} Of
     * an element with wildcards, it must contain every part between them.
     */
    static boolean mayMake(ClusterImageLayout layout, String path) {
        String first = path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/'));
        String last = path.substring(path.lastIndexOf('/') + 1);
        return of(layout)
                .flatMap(ContextFile::text)
                .filter(text -> speaksOf(text, first) || speaksOf(text, last))
                .isPresent();
    }

    private static boolean speaksOf(String text, String name) {
        List<String> parts =
                Stream.of(WILDCARDS.split(name)).filter(part -> !part.isEmpty()).toList();
        return !parts.isEmpty() && parts.stream().allMatch(text::contains);
    }
}
