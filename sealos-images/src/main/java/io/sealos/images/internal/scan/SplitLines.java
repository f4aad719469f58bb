package io.sealos.images.internal.scan;

import io.sealos.images.Confidence;
import io.sealos.images.internal.finder.ImageText;
import io.sealos.images.internal.finder.ImageWord;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Combines a repository with a tag a few lines below it, as in commented-out values. */
final class SplitLines {
    private static final int FARTHEST = 6;
    private static final Pattern FIELD = Pattern.compile(
            "[ \t]{0,200}(?:- )?[\"']?(registry|repository|tag|imageTag)[\"']?[ \t]{0,100}:[ \t]{0,100}[\"']?"
                    + "([^\\s\"'#,]{1,300})");

    private String registry = "";
    private int registryLine;
    private String repository = "";
    private int repositoryLine;

    /** {@return the image that this line completes; empty if it completes none} */
    Optional<ImageWord> read(String line, int number) {
        boolean mayBeField = line.contains("ag") || line.contains("re");
        Matcher field = FIELD.matcher(line);
        if (!mayBeField || !field.lookingAt()) {
            return Optional.empty();
        }
        String value = field.group(2);
        switch (field.group(1)) {
            case "registry" -> {
                registry = value + "/";
                registryLine = number;
            }
            case "repository" -> {
                repository = number - registryLine <= FARTHEST ? registry + value : value;
                repositoryLine = number;
                registry = "";
            }
            default -> {
                return image(value, number, field.start(2));
            }
        }
        return Optional.empty();
    }

    private Optional<ImageWord> image(String tag, int number, int offset) {
        boolean near = !repository.isEmpty() && number - repositoryLine <= FARTHEST;
        String name = repository;
        repository = "";
        return near
                ? ImageText.pinned(name + ":" + tag).map(it -> new ImageWord(it, Confidence.POSSIBLE, offset))
                : Optional.empty();
    }
}
