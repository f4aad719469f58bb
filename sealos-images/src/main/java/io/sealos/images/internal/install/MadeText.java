package io.sealos.images.internal.install;

import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknown.Nature;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Separates the known lines of a manifest that commands generate from the lines that are unknown as a whole. */
final class MadeText {
    private static final Pattern BLOCK = Pattern.compile("(.*:|\\s*-)\\s+[|>][-+0-9]*\\s*");
    /** The keys below which unknown lines may name images. */
    private static final Pattern HOLDS_IMAGES = Pattern.compile(
            ".*(containers|image|images|spec|template|sidecars|items|resources)[\"']?:\\s*", Pattern.CASE_INSENSITIVE);

    private final StringBuilder known = new StringBuilder();
    private final Set<Unknown> objects = new LinkedHashSet<>();
    private boolean changed;
    private String before = "";
    /** The indentation of the line that begins the current block of text; -1 outside a block. */
    private int block = -1;

    MadeText(String text, Unknowns unknowns) {
        for (String line : text.split("\n", -1)) {
            if (Unknowns.isAll(line)) {
                alone(line, unknowns);
            } else {
                known.append(line).append('\n');
                noteBlock(line);
            }
        }
    }

    private void noteBlock(String line) {
        if (line.isBlank()) {
            return;
        }
        block = indentation(line) <= block ? -1 : block;
        block = block < 0 && BLOCK.matcher(line).matches() ? indentation(line) : block;
        before = line;
    }

    private static int indentation(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /**
     * Handles a line that is unknown as a whole. A block of text contains no objects, and only some places of an object
     * contain images.
     */
    private void alone(String line, Unknowns unknowns) {
        int depth = indentation(line);
        boolean inBlock = block >= 0 && (depth > block || BLOCK.matcher(before).matches());
        boolean inObject = depth > 0 && !HOLDS_IMAGES.matcher(before).matches();
        for (Unknown unknown : unknowns.of(line)) {
            changed |= unknown.nature() == Nature.CHANGE;
            if (!inBlock && !inObject) {
                objects.add(unknown);
            }
        }
    }

    /** {@return the lines that are known at least in part} */
    String known() {
        return known.substring(0, Math.max(0, known.length() - 1));
    }

    /** {@return the marks that may stand for whole objects, or for parts of objects with images} */
    Set<Unknown> objects() {
        return objects;
    }

    /** {@return whether a program changes the text in a way that is not known} */
    boolean isChanged() {
        return changed;
    }
}
