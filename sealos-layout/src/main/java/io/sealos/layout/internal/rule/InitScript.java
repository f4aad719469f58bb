package io.sealos.layout.internal.rule;

import com.google.re2j.Pattern;
import io.sealos.images.StandardDirectory;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import java.util.Optional;

/** The script that fetches what a context is made of, and what it leaves to be told of others. */
final class InitScript {
    /** What to do about what it would bring. */
    static final String RUN =
            "run 'bash init.sh ARCH NAME VERSION' in the directory before the build, where there is a network";

    private static final Pattern WRITES_IMAGE_LIST = Pattern.compile(
            "(?m)^[^#\\n]*(>|-[a-zA-Z]*[OPo]|\\btee( -a)?)\\s*[\"']?(\\./)?" + StandardDirectory.SHIM + "\\b");

    private InitScript() {}

    static Optional<ContextFile> of(ClusterImageLayout layout) {
        return layout.file(StandardDirectory.INIT_SCRIPT).filter(ContextFile::isFile);
    }

    static boolean isThere(ClusterImageLayout layout) {
        return of(layout).isPresent();
    }

    /** Whether the script writes or fetches lists of images. */
    static boolean writesImageLists(ClusterImageLayout layout) {
        return of(layout)
                .flatMap(ContextFile::text)
                .filter(text -> WRITES_IMAGE_LIST.matcher(text).find())
                .isPresent();
    }

    /** Whether the script speaks of the first directory or the last name of a path: then it may be what makes it. */
    static boolean mayMake(ClusterImageLayout layout, String path) {
        String first = path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/'));
        String last = path.substring(path.lastIndexOf('/') + 1);
        return of(layout)
                .flatMap(ContextFile::text)
                .filter(text -> text.contains(first) || text.contains(last))
                .isPresent();
    }
}
