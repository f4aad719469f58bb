package io.sealos.images.internal.scan;

import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.images.internal.sealos.SealosDirectories;
import io.sealos.images.internal.sealos.SealosLine;
import io.sealos.images.internal.sealos.SealosName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ignore rules of a scan, with a record of which of them have matched. */
public final class ScanIgnores {
    private final List<IgnoreRule> references;
    private final List<IgnoreRule> files;
    private final Map<String, String> listed = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    public ScanIgnores(List<IgnoreRule> references, List<IgnoreRule> files) {
        this.references = references;
        this.files = files;
    }

    /** Adds a line of {@code .sealignore}, which sealos compares with whole names. */
    void list(SealosLine line) {
        listed.putIfAbsent(line.written(), SealosDirectories.IGNORE_LIST + ":" + line.number());
    }

    public boolean isListed(String sealosName) {
        return listed.containsKey(sealosName);
    }

    /**
     * {@return the first rule that excludes an image; empty if none does} All rules that match are recorded as used.
     */
    Optional<String> ruleFor(ImageReference reference, String sealosName) {
        List<String> places = matching(references, reference.toString());
        Optional.ofNullable(listed.get(sealosName)).ifPresent(places::add);
        used.addAll(places);
        return places.stream().findFirst();
    }

    public boolean leavesOut(String file) {
        List<String> places = matching(files, file);
        used.addAll(places);
        return !places.isEmpty();
    }

    private static List<String> matching(List<IgnoreRule> rules, String name) {
        List<String> places = new ArrayList<>();
        rules.stream().filter(rule -> rule.matches(name)).map(IgnoreRule::place).forEach(places::add);
        return places;
    }

    /** {@return a sentence for each rule that matched nothing} */
    public List<String> unmatched() {
        List<String> notices = new ArrayList<>();
        notices.addAll(unused(
                references,
                "no image that was found; the pattern is compared with whole canonical names,"
                        + " such as docker.io/library/nginx:1.25"));
        notices.addAll(unused(
                files,
                "no file; the pattern is compared with paths from the context directory on, such as"
                        + " manifests/app.yaml"));
        listed.forEach((line, place) -> {
            if (!used.contains(place)) {
                notices.add(place + " matches no image that was found; " + fix(line));
            }
        });
        return notices;
    }

    private List<String> unused(List<IgnoreRule> rules, String what) {
        return rules.stream()
                .map(IgnoreRule::place)
                .filter(place -> !used.contains(place))
                .map(place -> place + " matches " + what)
                .toList();
    }

    private static String fix(String line) {
        try {
            String name = SealosName.of(ImageReference.parse(line.strip()));
            return name.equals(line)
                    ? "remove the line"
                    : "sealos compares whole lines, so write '" + name + "', or the name as images/shim has it";
        } catch (ImageReferenceException e) {
            return "sealos compares whole lines and knows no patterns, so write a name such as"
                    + " docker.io/library/nginx:1.25";
        }
    }
}
