package io.sealos.oci;

import io.sealos.internal.text.Markdown;
import io.sealos.internal.text.Printable;
import io.sealos.oci.ClusterImageDiff.ChartChange;
import io.sealos.oci.ClusterImageDiff.File;
import io.sealos.oci.ClusterImageDiff.FileAspect;
import io.sealos.oci.ClusterImageDiff.FileChange;
import io.sealos.oci.ClusterImageDiff.Setting;
import io.sealos.oci.ClusterImageDiff.SettingChange;
import io.sealos.oci.internal.progress.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes differences for people. */
final class ClusterImageDiffText {
    private static final String NONE = "(none)";
    private static final int SHORT = 12;

    private ClusterImageDiffText() {}

    static String text(ClusterImageDiff diff) {
        StringBuilder text = new StringBuilder();
        if (!diff.images().isEmpty()) {
            text.append(diff.images().toText());
        }
        diff.charts()
                .forEach(chart -> text.append("chart " + chart.name() + ": " + versions(chart.before()) + " -> "
                        + versions(chart.after()) + "\n"));
        diff.settings()
                .forEach(change -> text.append(Printable.message(name(change) + ": " + value(change, change.before())
                                + " -> " + value(change, change.after()))
                        + "\n"));
        diff.files()
                .forEach(file -> text.append(
                        kind(file) + ": " + Printable.message(file.path()) + " (" + described(file) + ")\n"));
        return text.append(summary(diff)).append('\n').toString();
    }

    static String summary(ClusterImageDiff diff) {
        List<String> parts = new ArrayList<>();
        if (!diff.images().isEmpty()) {
            parts.add(diff.images().toString());
        }
        if (!diff.charts().isEmpty()) {
            parts.add("charts: " + diff.charts().size() + " changed");
        }
        if (!diff.settings().isEmpty()) {
            parts.add("settings: " + diff.settings().size() + " changed");
        }
        if (!diff.files().isEmpty()) {
            parts.add("files: " + counts(diff.files()));
        }
        if (!diff.isEmpty()) {
            diff.bytesToReceive().ifPresent(bytes -> parts.add("to receive: " + Amounts.size(bytes)));
        }
        return parts.isEmpty() ? "nothing has changed" : String.join("; ", parts);
    }

    private static String counts(List<FileChange> files) {
        return List.of("added", "removed", "changed").stream()
                .map(kind ->
                        files.stream().filter(file -> kind(file).equals(kind)).count() + " " + kind)
                .filter(count -> !count.startsWith("0 "))
                .collect(Collectors.joining(", "));
    }

    private static String kind(FileChange file) {
        return file.before().isEmpty() ? "added" : file.after().isEmpty() ? "removed" : "changed";
    }

    private static String versions(List<String> versions) {
        return versions.isEmpty()
                ? NONE
                : versions.stream()
                        .map(it -> it.isEmpty() ? "(no version)" : it)
                        .collect(Collectors.joining(", "));
    }

    private static String name(SettingChange change) {
        return change.setting().words() + (change.name().isEmpty() ? "" : " " + change.name());
    }

    /** {@return a value in quotes, and commands in brackets, so that an empty text can be seen} */
    private static String value(SettingChange change, List<String> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        String texts = values.stream().map(it -> '"' + it + '"').collect(Collectors.joining(", "));
        boolean several = change.setting() == Setting.CMD || change.setting() == Setting.ENTRYPOINT;
        return several ? "[" + texts + "]" : texts;
    }

    /** {@return the file that was added or removed, or the aspects in which it changed} */
    private static String described(FileChange change) {
        if (change.before().isPresent() && change.after().isPresent()) {
            File before = change.before().get();
            File after = change.after().get();
            return change.aspects().stream()
                    .map(aspect -> aspect(aspect, before, after))
                    .collect(Collectors.joining(", "));
        }
        return described(change.before().or(change::after).orElseThrow());
    }

    private static String described(File file) {
        String mode = type(file) + ", mode " + octal(file.mode());
        return switch (file.type()) {
            case FILE -> mode + ", " + Amounts.size(file.size());
            case SYMLINK -> type(file) + " to " + Printable.message(file.target());
            case CHARACTER_DEVICE, BLOCK_DEVICE -> mode + ", " + file.target();
            case DIRECTORY, FIFO -> mode;
        };
    }

    private static String aspect(FileAspect aspect, File before, File after) {
        return switch (aspect) {
            case TYPE -> type(before) + " -> " + type(after);
            case MODE -> "mode " + octal(before.mode()) + " -> " + octal(after.mode());
            case OWNER -> "owner " + owner(before) + " -> " + owner(after);
            case CONTENT -> "content " + content(before) + " -> " + content(after);
            case TARGET -> "target " + Printable.message(before.target() + " -> " + after.target());
        };
    }

    private static String type(File file) {
        return file.type() == FileType.SYMLINK
                ? "link"
                : file.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String owner(File file) {
        return file.uid() + ":" + file.gid();
    }

    private static String content(File file) {
        return file.digest()
                .map(digest -> digest.hex().substring(0, SHORT) + " of " + Amounts.size(file.size()))
                .orElse(NONE);
    }

    static String octal(int mode) {
        return String.format(Locale.ROOT, "%04o", mode);
    }

    static String markdown(ClusterImageDiff diff) {
        StringBuilder text =
                new StringBuilder(diff.isEmpty() ? "Nothing has changed.\n" : "**" + summary(diff) + "**\n");
        if (!diff.images().isEmpty()) {
            text.append('\n').append(diff.images().toMarkdown());
        }
        if (!diff.charts().isEmpty() || !diff.settings().isEmpty()) {
            text.append("\n| setting | before | after |\n|---|---|---|\n");
        }
        for (ChartChange chart : diff.charts()) {
            text.append(row("chart " + chart.name(), versions(chart.before()), versions(chart.after())));
        }
        for (SettingChange change : diff.settings()) {
            text.append(row(name(change), value(change, change.before()), value(change, change.after())));
        }
        if (!diff.files().isEmpty()) {
            text.append("\n| change | file | difference |\n|---|---|---|\n");
        }
        for (FileChange file : diff.files()) {
            text.append("| " + kind(file) + " | " + Markdown.code(file.path()) + " | " + Markdown.code(described(file))
                    + " |\n");
        }
        return text.toString();
    }

    private static String row(String name, String before, String after) {
        return "| " + Markdown.code(name) + " | " + Markdown.code(before) + " | " + Markdown.code(after) + " |\n";
    }
}
