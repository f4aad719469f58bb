package io.sealos.layout;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.sealos.kubefile.SourceRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The comments {@code # sealos-ignore: rule-id reason} of a file. A comment applies to its own line or the line after
 * it; a comment at the head of the file applies to the whole file. A comment without a reason has no effect.
 */
final class IgnoreComments {
    private static final Pattern COMMENT = Pattern.compile("#\\s*sealos-ignore:\\s*([a-z0-9-]+)\\s+(\\S.*)");
    private static final int WHOLE_FILE = 0;

    private final Map<List<Object>, String> reasons = new LinkedHashMap<>();

    private IgnoreComments() {}

    static IgnoreComments of(List<SourceRange> lines) {
        IgnoreComments comments = new IgnoreComments();
        Map<String, String> pending = new LinkedHashMap<>();
        boolean head = true;
        for (SourceRange place : lines) {
            String line = place.text().strip();
            Matcher comment = COMMENT.matcher(line);
            boolean found = comment.find();
            if (found) {
                pending.put(comment.group(1), comment.group(2).strip());
            }
            if (found && head && line.startsWith("#")) {
                comments.put(WHOLE_FILE, pending);
            }
            if (!line.startsWith("#") && !line.isEmpty()) {
                comments.put(place.start().line(), pending);
                pending.clear();
                head = false;
            }
        }
        return comments;
    }

    Optional<String> reason(String ruleId, int line) {
        String reason = reasons.get(List.of(line, ruleId));
        return Optional.ofNullable(reason == null ? reasons.get(List.of(WHOLE_FILE, ruleId)) : reason);
    }

    private void put(int line, Map<String, String> found) {
        found.forEach((rule, reason) -> reasons.put(List.of(line, rule), reason));
    }
}
