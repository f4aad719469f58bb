package io.sealos.images.internal.install;

import java.nio.file.Path;
import java.util.Map;

/** A resource that a command applies to a cluster. The file of the command is relative to the context directory. */
public sealed interface Applied {
    String file();

    int line();

    /** {@return the place of the command in the format of compiler messages} */
    default String command() {
        return line() > 0 ? file() + ":" + line() : file();
    }

    /** A manifest of the context directory. */
    record Manifest(String file, int line, Path manifest) implements Applied {}

    /**
     * A manifest that the commands generate.
     *
     * @param text the text, with placeholder words for unknown parts
     * @param unknown the meanings of the placeholder words
     * @param changed whether a program changes the text in a way that is not known
     */
    record Text(String file, int line, String text, Map<String, Gap> unknown, boolean changed) implements Applied {}

    /**
     * A directory with a kustomization.
     *
     * @param built whether kustomize builds it, which can render charts, and not {@code kubectl apply -k}
     */
    record Kustomization(String file, int line, Path directory, boolean built) implements Applied {}

    /**
     * An image that a command names.
     *
     * @param program the command, such as {@code kubectl run}
     * @param image the image as written, with placeholder words for unknown parts
     * @param unknown the meanings of the placeholder words
     * @param sureness the certainty that the image will run
     */
    record Image(String file, int line, String program, String image, Map<String, Gap> unknown, Sureness sureness)
            implements Applied {}

    /** The certainty that an image will run. */
    enum Sureness {
        RUN,
        PULLED,
        PERHAPS
    }

    /**
     * The reason why a part of a text is not known.
     *
     * @param shown the text that is shown instead
     * @param cause the reason in words
     * @param optional whether it is used only if the caller of the script gives it
     */
    record Gap(String shown, String cause, boolean optional) {}
}
