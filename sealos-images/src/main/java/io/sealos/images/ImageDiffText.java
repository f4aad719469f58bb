package io.sealos.images;

import io.sealos.images.ImageDiff.Change;
import io.sealos.images.ImageDiff.Image;
import io.sealos.images.ImageDiff.Kind;
import io.sealos.internal.text.Markdown;
import io.sealos.internal.text.Printable;
import io.sealos.kubefile.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes differences for people and programs. The names of images have no characters that need to be escaped. */
final class ImageDiffText {
    private static final int SHORT = 12;

    private ImageDiffText() {}

    static String text(ImageDiff diff) {
        StringBuilder text = new StringBuilder();
        for (Change change : diff.changes()) {
            text.append(change.kind().words() + ": " + change.repository() + " ");
            List<String> sides = new ArrayList<>();
            for (List<Image> side : List.of(change.before(), change.after())) {
                if (!side.isEmpty()) {
                    sides.add(joined(side, image -> label(change.kind(), image, false)));
                }
            }
            text.append(String.join(" -> ", sides)).append(in(change)).append('\n');
        }
        text.append(summary(diff)).append('\n');
        gaps(diff).forEach(gap -> text.append(gap).append('\n'));
        return text.toString();
    }

    private static String in(Change change) {
        return change.directories().isEmpty() ? "" : Printable.of(" in " + String.join(", ", change.directories()));
    }

    /** {@return a line for each gap, since an image may be missing there} */
    private static List<String> gaps(ImageDiff diff) {
        List<ScanProblem> before = diff.gapsBefore();
        List<ScanProblem> after = diff.gapsAfter();
        List<String> gaps = new ArrayList<>();
        DiffGaps.without(after, before).forEach(it -> gaps.add(gap("after", it)));
        DiffGaps.within(after, before).forEach(it -> gaps.add(gap("before and after", it)));
        DiffGaps.without(before, after).forEach(it -> gaps.add(gap("before", it)));
        return gaps.stream().distinct().toList();
    }

    private static String gap(String side, ScanProblem gap) {
        return "images may be missing " + side + ": " + Printable.message(gap.toString());
    }

    static String markdown(ImageDiff diff) {
        StringBuilder text = new StringBuilder(diff.isEmpty() ? "No image has changed.\n" : table(diff));
        text.append(diff.isComplete() ? "" : "\n");
        gaps(diff).forEach(gap -> text.append("- " + Markdown.code(gap) + "\n"));
        return text.toString();
    }

    private static String table(ImageDiff diff) {
        StringBuilder table = new StringBuilder("**" + summary(diff) + "**\n\n");
        boolean several =
                diff.changes().stream().anyMatch(it -> !it.directories().isEmpty());
        table.append("| change | " + (several ? "directories | " : "") + "repository | before | after |\n");
        table.append("|---|---|---|---|" + (several ? "---|" : "") + "\n");
        for (Change change : diff.changes()) {
            boolean isShort = isClearIfShort(change);
            Function<Image, String> label = image -> "`" + label(change.kind(), image, isShort) + "`";
            String directories =
                    change.directories().stream().map(Markdown::code).collect(Collectors.joining(", "));
            table.append("| " + change.kind().words() + " | " + (several ? directories + " | " : "") + "`"
                    + change.repository() + "` | " + joined(change.before(), label) + " | "
                    + joined(change.after(), label) + " |\n");
        }
        return table.toString();
    }

    static String summary(ImageDiff diff) {
        List<String> numbers = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            int number =
                    diff.changes(kind).stream().mapToInt(ImageDiffText::images).sum();
            if (number > 0) {
                boolean adjective = kind.compareTo(Kind.RETAGGED) <= 0;
                numbers.add(number + (adjective ? " " : " with ") + plural(kind, number));
            }
        }
        return numbers.isEmpty() ? "no image has changed" : "images: " + String.join(", ", numbers);
    }

    private static String plural(Kind kind, int number) {
        boolean several = kind == Kind.DIGEST_CHANGED && number > 1;
        return several ? "other digests" : kind.words().replace("other digest", "another digest");
    }

    /** {@return the number of images that were added or removed, else 1} */
    private static int images(Change change) {
        return switch (change.kind()) {
            case ADDED -> change.after().size();
            case REMOVED -> change.before().size();
            default -> 1;
        };
    }

    private static String joined(List<Image> images, Function<Image, String> label) {
        return images.stream().map(label).collect(Collectors.joining(", "));
    }

    /** {@return the tag, with the digest and platforms if they matter; an image without a tag has only a digest} */
    private static String label(Kind kind, Image image, boolean isShort) {
        boolean sameTag = kind.compareTo(Kind.RETAGGED) > 0;
        String tag = image.reference().tag().orElse("");
        String digest = image.digest()
                .filter(it -> tag.isEmpty() || kind == Kind.DIGEST_CHANGED)
                .map(it -> "@" + (isShort ? shortened(it) : it.toString()))
                .orElse("");
        String platforms = image.platforms().stream().map(Platform::toString).collect(Collectors.joining(", "));
        return tag + digest + (sameTag && !platforms.isEmpty() ? " (" + platforms + ")" : "");
    }

    private static String shortened(Digest digest) {
        return digest.algorithm() + ":" + digest.hex().substring(0, SHORT);
    }

    private static boolean isClearIfShort(Change change) {
        List<Digest> digests = new ArrayList<>();
        change.before().forEach(it -> it.digest().ifPresent(digests::add));
        change.after().forEach(it -> it.digest().ifPresent(digests::add));
        return digests.stream().distinct().count()
                == digests.stream().map(ImageDiffText::shortened).distinct().count();
    }
}
