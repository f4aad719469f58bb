package io.sealos.layout;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A rule as data: what it is called, how much it matters, what it says, and the check that reports what it found.
 *
 * <p>Immutable; thread-safe if its check is. It can be serialized, without its check: one that was read back tells what
 * it is, and refuses to look.
 */
public final class LayoutRule implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Looks at a layout and reports what it finds; one that has nothing to say reports nothing. */
    @FunctionalInterface
    public interface Check {
        /**
         * Reports what it finds.
         *
         * @param layout the layout to look at
         * @param findings takes what is found, under the name of the rule
         */
        void find(ClusterImageLayout layout, FindingSink findings);
    }

    /** Looks at one file, directory or link that the cluster image will have, and reports what it finds. */
    @FunctionalInterface
    public interface FileCheck {
        /**
         * Reports what it finds.
         *
         * @param file the file; it is open for this call only
         * @param findings takes what is found, under the name of the rule
         */
        void find(ContextFile file, FindingSink findings);
    }

    private static final Check NO_LAYOUT = (layout, findings) -> {};
    private static final FileCheck NO_FILE = (file, findings) -> {};
    private static final Pattern ID = Pattern.compile("[a-z0-9]++(?:-[a-z0-9]++)*+");

    private final String id;
    private final Severity severity;
    private final String summary;
    private final transient Check check;
    private final transient FileCheck fileCheck;
    private final boolean aboutContents;

    private LayoutRule(
            String id, Severity severity, String summary, Check check, FileCheck fileCheck, boolean aboutContents) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "no id of a rule: '" + id + "'; write words of a-z and 0-9 with hyphens between them");
        }
        this.id = id;
        this.severity = Objects.requireNonNull(severity, "severity");
        this.summary = Objects.requireNonNull(summary, "summary");
        this.check = Objects.requireNonNull(check, "check");
        this.fileCheck = Objects.requireNonNull(fileCheck, "fileCheck");
        this.aboutContents = aboutContents;
    }

    /**
     * {@return a rule that looks at a layout as a whole}
     *
     * @param id its name, words with hyphens between them, such as {@code registry-not-copied}
     * @param severity how much its findings matter
     * @param summary what it finds, in one sentence
     * @param check the check
     * @throws IllegalArgumentException if the id is no such name
     */
    public static LayoutRule of(String id, Severity severity, String summary, Check check) {
        return new LayoutRule(id, severity, summary, check, NO_FILE, false);
    }

    /**
     * {@return a rule that looks at each file, directory and link that the cluster image will have; all such rules
     * share one walk through the directory}
     *
     * @param id its name, words with hyphens between them
     * @param severity how much its findings matter
     * @param summary what it finds, in one sentence
     * @param check the check
     * @throws IllegalArgumentException if the id is no such name
     */
    public static LayoutRule ofFiles(String id, Severity severity, String summary, FileCheck check) {
        return new LayoutRule(id, severity, summary, NO_LAYOUT, check, false);
    }

    /**
     * {@return a rule that looks into files} What it finds in a file depends on nothing but the bytes of that file, so
     * that a file in which it found nothing need not be read again: see {@link LayoutReport#writeCleanFiles}. Give it
     * another id when its check changes.
     *
     * @param id its name, words with hyphens between them
     * @param severity how much its findings matter
     * @param summary what it finds, in one sentence
     * @param check the check
     * @throws IllegalArgumentException if the id is no such name
     */
    public static LayoutRule ofContents(String id, Severity severity, String summary, FileCheck check) {
        return new LayoutRule(id, severity, summary, NO_LAYOUT, check, true);
    }

    LayoutRule withSeverity(Severity other) {
        return new LayoutRule(id, other, summary, check, fileCheck, aboutContents);
    }

    /** {@return the name} */
    public String id() {
        return id;
    }

    /** {@return how much its findings matter} */
    public Severity severity() {
        return severity;
    }

    /** {@return what it finds, in one sentence} */
    public String summary() {
        return summary;
    }

    Check check() {
        return check;
    }

    FileCheck fileCheck() {
        return fileCheck;
    }

    boolean looksAtFiles() {
        return fileCheck != NO_FILE;
    }

    boolean isAboutContents() {
        return aboutContents;
    }

    private Object writeReplace() {
        return new Description(id, severity, summary, aboutContents);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a rule is written as its description");
    }

    /** All of a rule but its check, which is code. */
    private record Description(String id, Severity severity, String summary, boolean aboutContents)
            implements Serializable {
        private Object readResolve() {
            Check none = (layout, findings) -> {
                throw new IllegalStateException("the rule " + id + " was read back without its check");
            };
            return new LayoutRule(id, severity, summary, none, NO_FILE, aboutContents);
        }
    }

    /** {@return the id} */
    @Override
    public String toString() {
        return id;
    }
}
