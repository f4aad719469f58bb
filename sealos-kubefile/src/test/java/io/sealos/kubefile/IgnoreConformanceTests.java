package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Walks recorded contexts as COPY does and compares what is left with what buildah copied. */
class IgnoreConformanceTests {
    private static final List<String> NAMES =
            List.of("Kubefile.dockerignore", "Kubefile.containerignore", ".containerignore", ".dockerignore");

    @Test
    void leavesOutWhatBuildahLeavesOutWhenRecorded() throws IOException {
        int compared = 0;
        for (ConformanceRecord record : ConformanceRecord.read("adversarial.jsonl")) {
            boolean wholeContext =
                    new String(record.source(), StandardCharsets.UTF_8).equals("FROM scratch\nCOPY . /dst\n");
            if (record.id().startsWith("adv-ignore-") && wholeContext && !record.rejected()) {
                assertThat(included(record)).as(record.id()).isEqualTo(copied(record));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    private static Set<String> included(ConformanceRecord record) {
        Set<String> paths = new TreeSet<>(paths(record, "context_tree"));
        paths.add("Kubefile");
        IgnoreRules rules = rules(record);
        Set<String> included = new TreeSet<>();
        Set<String> skipped = new HashSet<>();
        for (String path : paths) {
            String parent = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
            if (skipped.contains(parent) || !rules.mayIncludeBelow(path)) {
                skipped.add(path);
            } else if (!rules.isExcluded(path)) {
                addWithParents(path, included);
            }
        }
        return included;
    }

    private static void addWithParents(String path, Set<String> included) {
        included.add(path);
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            included.add(path.substring(0, end));
        }
    }

    private static Set<String> copied(ConformanceRecord record) {
        Set<String> copied = new TreeSet<>();
        for (String path : paths(record, "tree")) {
            if (path.startsWith("dst/")) {
                copied.add(path.substring(4));
            }
        }
        return copied;
    }

    private static IgnoreRules rules(ConformanceRecord record) {
        for (String name : NAMES) {
            for (Map<String, Object> entry : entries(record, "context_tree")) {
                if (name.equals(entry.get("path"))) {
                    return IgnoreRules.parse(String.valueOf(entry.get("text")));
                }
            }
        }
        return IgnoreRules.none();
    }

    private static List<String> paths(ConformanceRecord record, String key) {
        List<String> paths = new ArrayList<>();
        entries(record, key).forEach(entry -> paths.add(String.valueOf(entry.get("path"))));
        return paths;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> entries(ConformanceRecord record, String key) {
        return (List<Map<String, Object>>) record.json().getOrDefault(key, List.of());
    }
}
