package io.sealos.images.internal.install;

import java.nio.file.Path;
import java.util.Map;

/** Something that a command brings into a cluster; the command has a file, relative to the context, and a line. */
public sealed interface Applied {
    String file();

    int line();

    /** {@return the place of the command as compilers write it} */
    default String command() {
        return line() > 0 ? file() + ":" + line() : file();
    }

    /** A manifest of the context, as it is. */
    record Manifest(String file, int line, Path manifest) implements Applied {}

    /**
     * A manifest that the commands make.
     *
     * @param text the text; words stand for what is not known
     * @param unknown these words with what they stand for
     * @param changed whether a program changes it in a way that was not followed
     */
    record Text(String file, int line, String text, Map<String, Gap> unknown, boolean changed) implements Applied {}

    /** A directory of the context with a kustomization. */
    record Kustomization(String file, int line, Path directory) implements Applied {}

    /**
     * An image that a command names.
     *
     * @param program the command, such as {@code kubectl run}
     * @param image the image as it is written, with words for what is not known
     * @param unknown these words with what they stand for
     * @param sureness how sure it is that the image will run
     */
    record Image(String file, int line, String program, String image, Map<String, Gap> unknown, Sureness sureness)
            implements Applied {}

    /** How sure it is that an image will run. */
    enum Sureness {
        RUN,
        PULLED,
        PERHAPS
    }

    /**
     * Why a part of a text is not known.
     *
     * @param shown what is shown instead of it
     * @param cause the reason in words
     * @param optional whether it is not used unless whoever runs the script gives it
     */
    record Gap(String shown, String cause, boolean optional) {}
}
