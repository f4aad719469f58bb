package io.sealos.images.internal.install;

import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.install.Applied.Gap;
import io.sealos.images.internal.shell.state.ProgramRun;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknown.Nature;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A call of a program, with everything that is needed to evaluate it.
 *
 * @param run the call
 * @param file the file with the command, relative to the context directory
 * @param files the files of the image
 * @param unknowns the meanings of the marks in words and texts
 * @param printed the resources that programs print instead of applying them
 * @param found receives the resources that the program applies
 * @param problems receives the problems
 */
record ProgramCall(
        ProgramRun run,
        String file,
        CopiedFiles files,
        Unknowns unknowns,
        List<List<Applied>> printed,
        Consumer<Applied> found,
        BiConsumer<Kind, String> problems) {
    int line() {
        return run.line();
    }

    void problem(Kind kind, String message) {
        problems.accept(kind, message);
    }

    /** A text in which the marks are replaced with placeholder words, and the meanings of these words. */
    record Filled(String text, Map<String, Gap> unknown) {}

    /** {@return the text with each mark replaced with a placeholder word that can be a part of an image reference} */
    Filled filled(String text) {
        List<Unknown> all = unknowns.of(text);
        String stem = "unknown";
        while (!all.isEmpty() && text.contains(stem)) {
            stem += "x";
        }
        Map<String, Gap> words = new LinkedHashMap<>();
        Map<Unknown, String> byUnknown = new HashMap<>();
        for (Unknown unknown : all) {
            String word = stem + words.size() + "x";
            words.put(word, new Gap(shown(unknown), unknown.cause(), unknown.nature() == Nature.GIVEN));
            byUnknown.put(unknown, word);
        }
        return new Filled(unknowns.replaced(text, it -> byUnknown.getOrDefault(it, "")), words);
    }

    /** {@return this call with a list that collects the results instead of reporting them} */
    ProgramCall keeping(List<Applied> kept) {
        return new ProgramCall(run, file, files, unknowns, printed, kept::add, problems);
    }

    /** {@return the mark for printed objects, which count when they are applied} */
    Unknown printing(String program, List<Applied> objects) {
        int index = printed.indexOf(objects);
        if (index < 0 && !objects.isEmpty()) {
            index = printed.size();
            printed.add(objects);
        }
        return Unknown.found(program, index < 0 ? "" : Integer.toString(index));
    }

    /** Reports objects that have been printed before. */
    void applyPrinted(Unknown output) {
        if (!output.source().isEmpty()) {
            printed.get(Integer.parseInt(output.source())).forEach(found);
        }
    }

    /** Reports a file that a command needs and that is not copied into the image. */
    void missing(String what, String path) {
        String image = files.otherImage(path);
        String from = image.isEmpty() ? run.files().fetchedFrom() : image;
        boolean open = !image.isEmpty() || run.files().isAskedFor(path);
        problem(
                open ? Kind.NOT_THERE : from.isEmpty() ? Kind.UNREAD : Kind.REMOTE,
                what + " is not among the files that the image gets"
                        + (from.isEmpty() ? "" : ", and may come from " + from) + "; its images are not known");
    }

    /** {@return whether all unknown parts of a word are given or omitted by the caller of the script} */
    boolean isOptional(String word) {
        return unknowns.of(word).stream().allMatch(it -> it.nature() == Nature.GIVEN);
    }

    void image(String program, String image, Applied.Sureness sureness) {
        Filled filled = filled(image);
        found.accept(new Applied.Image(file, line(), program, filled.text(), filled.unknown(), sureness));
    }

    /** {@return a text to show to people} */
    String shown(String text) {
        return unknowns.replaced(text, ProgramCall::shown);
    }

    private static String shown(Unknown unknown) {
        return unknown.nature() == Nature.VARIABLE ? "${" + unknown.source() + "}" : "…";
    }
}
