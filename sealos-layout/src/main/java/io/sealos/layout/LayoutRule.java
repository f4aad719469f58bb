package io.sealos.layout;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A rule for context directories, with an id, a severity, a summary, and a check that reports findings.
 *
 * <p>Immutable, and thread-safe if its check is. A rule is serialized without its check. A deserialized rule can be
 * described, but not used in a validation.
 *
 * @since 0.1.0
 */
public final class LayoutRule implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A check of a layout as a whole. */
    @FunctionalInterface
    public interface Check {
        /**
         * Checks a layout and reports the findings.
         *
         * @param layout the layout
         * @param findings takes the findings
         */
        void find(ClusterImageLayout layout, FindingSink findings);
    }

    /** A check of a file, directory or link that will be part of the cluster image. */
    @FunctionalInterface
    public interface FileCheck {
        /**
         * Checks a file and reports the findings.
         *
         * @param file the file, valid during this call only
         * @param findings takes the findings
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
                    "'" + id + "' is not an id of a rule; write words of a-z and 0-9 with hyphens between them");
        }
        this.id = id;
        this.severity = Objects.requireNonNull(severity, "severity");
        this.summary = Objects.requireNonNull(summary, "summary");
        this.check = Objects.requireNonNull(check, "check");
        this.fileCheck = Objects.requireNonNull(fileCheck, "fileCheck");
        this.aboutContents = aboutContents;
    }

    /**
     * {@return a rule that checks a layout as a whole}
     *
     * @param id the id, words of a-z and 0-9 with hyphens between them, such as {@code registry-not-copied}
     * @param severity the severity of its findings
     * @param summary the summary, one sentence
     * @param check the check
     * @throws IllegalArgumentException if the id has another form
     */
    public static LayoutRule of(String id, Severity severity, String summary, Check check) {
        Objects.requireNonNull(id, "id");
        return new LayoutRule(id, severity, summary, check, NO_FILE, false);
    }

    /**
     * {@return a rule that checks each file, directory and link that will be part of the cluster image} All such rules
     * share one walk through the directory.
     *
     * @param id the id, words of a-z and 0-9 with hyphens between them
     * @param severity the severity of its findings
     * @param summary the summary, one sentence
     * @param check the check
     * @throws IllegalArgumentException if the id has another form
     */
    public static LayoutRule ofFiles(String id, Severity severity, String summary, FileCheck check) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(check, "check");
        return new LayoutRule(id, severity, summary, NO_LAYOUT, check, false);
    }

    /**
     * {@return a rule that checks the contents of files} Its findings must depend on the bytes of the file alone: a
     * file without findings is not checked again until it changes (see {@link LayoutReport#writeCleanFiles}). A custom
     * rule must get another id when its check finds more than before.
     *
     * @param id the id, words of a-z and 0-9 with hyphens between them
     * @param severity the severity of its findings
     * @param summary the summary, one sentence
     * @param check the check
     * @throws IllegalArgumentException if the id has another form
     */
    public static LayoutRule ofContents(String id, Severity severity, String summary, FileCheck check) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(check, "check");
        return new LayoutRule(id, severity, summary, NO_LAYOUT, check, true);
    }

    LayoutRule withSeverity(Severity other) {
        return new LayoutRule(id, other, summary, check, fileCheck, aboutContents);
    }

    /** {@return the id, such as {@code registry-not-copied}} */
    public String id() {
        return id;
    }

    /** {@return the severity of its findings} */
    public Severity severity() {
        return severity;
    }

    /** {@return the summary, one sentence} */
    public String summary() {
        return summary;
    }

    Check check() {
        return check;
    }

    FileCheck fileCheck() {
        return fileCheck;
    }

    boolean checksFiles() {
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

    /** The serialized form: a rule without its check, which is code. */
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
