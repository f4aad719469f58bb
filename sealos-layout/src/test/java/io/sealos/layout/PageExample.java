package io.sealos.layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example of a rule's page, as a directory: {@code `path`} or {@code `path` (kind)} on a line of its own, then the
 * text of the file in a block. The kinds are {@code link to PATH}, {@code pipe}, {@code program for PLATFORM},
 * {@code CRLF} and {@code mode 644}.
 */
final class PageExample {
    private static final Pattern FILE =
            Pattern.compile("(?m)^`([^`]+)`(?: \\(([^)]+)\\))?\\n(?:\\n```\\w+\\n((?s:.*?))\\n?```)?");

    private PageExample() {}

    static void create(String page, String heading, Path directory) throws IOException, InterruptedException {
        String section = page.substring(page.indexOf("\n## " + heading + "\n") + heading.length() + 5);
        int end = section.indexOf("\n## ");
        Matcher files = FILE.matcher(end < 0 ? section : section.substring(0, end + 1));
        while (files.find()) {
            String kind = files.group(2) == null ? "" : files.group(2);
            String text = files.group(3) == null ? "" : files.group(3) + "\n";
            create(directory.resolve(files.group(1)), kind, text);
        }
    }

    private static void create(Path file, String kind, String text) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        if (kind.startsWith("link to ")) {
            Files.createSymbolicLink(file, Path.of(kind.substring("link to ".length())));
        } else if (kind.equals("pipe")) {
            new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
        } else if (kind.startsWith("program for ")) {
            Files.write(file, elf(kind.endsWith("/arm64") ? "b700" : "3e00"));
        } else if (!kind.isEmpty() && !kind.equals("CRLF") && !kind.startsWith("mode ")) {
            throw new IOException("the page has " + file.getFileName() + " (" + kind + "), which is no known kind");
        } else {
            Files.writeString(file, kind.equals("CRLF") ? text.replace("\n", "\r\n") : text, StandardCharsets.UTF_8);
        }
        if (kind.startsWith("mode ")) {
            setMode(file, Integer.parseInt(kind.substring("mode ".length()), 8));
        }
    }

    private static byte[] elf(String machine) {
        return HexFormat.of().parseHex("7f454c46020101000000000000000000" + "0200" + machine + "00".repeat(44));
    }

    private static void setMode(Path file, int mode) throws IOException {
        StringBuilder permissions = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            permissions.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions.toString()));
    }
}
