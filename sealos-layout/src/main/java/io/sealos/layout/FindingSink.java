package io.sealos.layout;

import io.sealos.kubefile.SourceRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the findings of a rule. Only the first 1,000 are kept, followed by one that says that there are more. Not
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class FindingSink {
    private static final int MOST = 1000;

    private final ClusterImageLayout layout;
    private final LayoutRule rule;
    private final List<Finding> findings;
    private int count;

    FindingSink(ClusterImageLayout layout, LayoutRule rule, List<Finding> findings) {
        this.layout = layout;
        this.rule = rule;
        this.findings = findings;
    }

    /**
     * Reports a finding about a whole file or directory.
     *
     * @param path the path relative to the context directory, with slashes; {@code .} for the directory itself
     * @param message the problem, a clause without a full stop
     * @param fix the fix, a clause without a full stop
     */
    public void report(String path, String message, String fix) {
        add(path, null, message, fix, null);
    }

    /**
     * Reports a finding at a place within a file.
     *
     * @param path the path of the file, relative to the context directory, with slashes
     * @param range the place
     * @param message the problem, a clause without a full stop
     * @param fix the fix, a clause without a full stop
     */
    public void report(String path, SourceRange range, String message, String fix) {
        add(path, range, message, fix, null);
    }

    /**
     * Reports a finding at a place in the build file.
     *
     * @param range the place
     * @param message the problem, a clause without a full stop
     * @param fix the fix, a clause without a full stop
     */
    public void report(SourceRange range, String message, String fix) {
        add(layout.pathOf(range), range, message, fix, null);
    }

    /**
     * Reports a finding at a place in the build file, with a change that fixes it.
     *
     * @param range the place
     * @param message the problem, a clause without a full stop
     * @param fix the fix, a clause without a full stop
     * @param edit the change, which does what {@code fix} says
     */
    public void report(SourceRange range, String message, String fix, KubefileEdit edit) {
        add(layout.pathOf(range), range, message, fix, edit);
    }

    /** {@return the number of findings, including those that are not kept} */
    int count() {
        return count;
    }

    private void add(
            String path, @Nullable SourceRange range, String message, String fix, @Nullable KubefileEdit edit) {
        count++;
        if (count <= MOST) {
            FindingPlace place = new FindingPlace(path, range, Artifacts.of(layout, path, range, message));
            findings.add(new Finding(rule, place, message, fix, edit));
        } else if (count == MOST + 1) {
            FindingPlace all = new FindingPlace(".", null, Artifacts.of(layout, ".", null, ""));
            findings.add(new Finding(
                    rule,
                    all,
                    "there are more findings of this kind than the " + MOST + " that are listed",
                    "mend these, and look again",
                    null));
        }
    }
}
