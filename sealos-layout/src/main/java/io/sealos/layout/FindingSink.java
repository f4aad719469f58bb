package io.sealos.layout;

import io.sealos.kubefile.SourceRange;
import java.util.List;
import java.util.Objects;
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
    private final @Nullable String identity;
    private final int[] count;

    FindingSink(ClusterImageLayout layout, LayoutRule rule, List<Finding> findings) {
        this(layout, rule, findings, null, new int[1]);
    }

    private FindingSink(
            ClusterImageLayout layout,
            LayoutRule rule,
            List<Finding> findings,
            @Nullable String identity,
            int[] count) {
        this.layout = layout;
        this.rule = rule;
        this.findings = findings;
        this.identity = identity;
        this.count = count;
    }

    /**
     * {@return a sink of the same findings, for those whose message changes when something else does, such as one with
     * a number of files} Baselines and SARIF recognize these findings by the identity instead of the message.
     *
     * @param text the {@linkplain Finding#identity() identity}: what the finding is about, as far as rule and path do
     *     not say it
     */
    public FindingSink withIdentity(String text) {
        return new FindingSink(layout, rule, findings, Objects.requireNonNull(text, "text"), count);
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
        return count[0];
    }

    private void add(
            String path, @Nullable SourceRange range, String message, String fix, @Nullable KubefileEdit edit) {
        count[0]++;
        if (count[0] <= MOST) {
            FindingPlace place = new FindingPlace(path, range, Artifacts.of(layout, path, range));
            findings.add(new Finding(rule, place, message, fix, edit, identity));
        } else if (count[0] == MOST + 1) {
            FindingPlace all = new FindingPlace(".", null, Artifacts.of(layout, ".", null));
            findings.add(new Finding(
                    rule,
                    all,
                    "there are more findings of this kind than the " + MOST + " that are listed",
                    "mend these, and look again",
                    null,
                    null));
        }
    }
}
