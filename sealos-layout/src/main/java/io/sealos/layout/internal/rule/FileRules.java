package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.Platform;
import io.sealos.layout.ContextFile;
import io.sealos.layout.ContextFile.Kind;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rules about the files that COPY brings, whatever their content. */
final class FileRules {
    /** Read and execute permissions for all but the owner. */
    private static final int OF_OTHERS = 0055;

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.ofFiles(
                    "binary-platform",
                    Severity.WARNING,
                    "A program in opt is made for another platform than the image.",
                    FileRules::platform),
            LayoutRule.ofFiles(
                    "mode-lost",
                    Severity.INFO,
                    "Files are for their owner only, and sealos opens them to all when the image is run.",
                    FileRules::modeLost),
            LayoutRule.ofFiles(
                    "link-outside",
                    Severity.WARNING,
                    "A link leads out of the directory, and leads elsewhere or nowhere in the image.",
                    FileRules::linkOutside),
            LayoutRule.ofFiles(
                    "link-broken",
                    Severity.WARNING,
                    "A link leads to nothing or in a circle, and sealos run stops where it copies the image to a node.",
                    FileRules::linkBroken),
            LayoutRule.ofFiles(
                    "name-case-clash",
                    Severity.WARNING,
                    "Two names in a directory differ by case only, and some systems keep one of them.",
                    FileRules::caseClash),
            LayoutRule.ofFiles(
                    "name-unusual",
                    Severity.WARNING,
                    "A name is not UTF-8, or has a control character or a backslash.",
                    FileRules::unusualName),
            LayoutRule.ofFiles(
                    "file-unusable",
                    Severity.WARNING,
                    "A socket, device or pipe, or a file that cannot be read: no image can have it.",
                    FileRules::unusable));

    private FileRules() {}

    private static void platform(ContextFile file, FindingSink findings) {
        if (!file.isFile() || !file.path().startsWith(StandardDirectory.OPT + "/")) {
            return;
        }
        Optional<Platform> platform =
                file.layout().evaluation().map(it -> it.target().platform());
        platform.flatMap(it -> Program.foreignTo(it, file.head()))
                .ifPresent(made -> findings.report(
                        file.path(),
                        "the program is made for " + made + ", the image for " + platform.get(),
                        "put the program for " + platform.get() + " there, or build for the other platform"));
    }

    /** Reports only one file of a directory, because a directory with one such file usually has many. */
    private static void modeLost(ContextFile directory, FindingSink findings) {
        List<String> names = new ArrayList<>();
        for (ContextFile file : directory.children()) {
            if (isOwnersOnly(file)) {
                names.add(file.name());
            }
        }
        if (!names.isEmpty()) {
            findings.withIdentity("for the owner only")
                    .report(
                            directory.path(),
                            names.get(0) + (names.size() > 1 ? " and " + (names.size() - 1) + " more are" : " is")
                                    + " for the owner only; sealos runs chmod -R 0755 over all files of the image",
                            "set the mode in a command when the image is run, or keep secrets out of it");
        }
    }

    private static boolean isOwnersOnly(ContextFile file) {
        return file.isFile() && file.size() > 0 && (file.mode().orElse(OF_OTHERS) & OF_OTHERS) == 0;
    }

    private static void linkOutside(ContextFile file, FindingSink findings) {
        if (file.kind() == Kind.LINK && leadsOut(file)) {
            findings.report(
                    file.path(),
                    "the link leads to " + target(file) + ", out of the directory"
                            + (isSetMode(file)
                                    ? ": sealos run sets the mode of what is there on its own machine, and stops where"
                                            + " nothing is"
                                    : ""),
                    "put a copy of the file there instead of the link");
        }
    }

    private static boolean leadsOut(ContextFile file) {
        String target = target(file);
        Path context = file.layout()
                .file(".")
                .map(ContextFile::toPath)
                .orElse(file.layout().directory());
        Path directory = context.toAbsolutePath().normalize();
        Path parent =
                Optional.ofNullable(file.toPath().toAbsolutePath().getParent()).orElse(directory);
        return target.startsWith("/") || !parent.resolve(target).normalize().startsWith(directory);
    }

    private static void linkBroken(ContextFile file, FindingSink findings) {
        if (file.kind() == Kind.LINK && !leadsOut(file) && !Files.exists(file.toPath())) {
            findings.report(
                    file.path(),
                    "the link leads to " + target(file) + ", which is not there: sealos run stops "
                            + (isSetMode(file)
                                    ? "when it sets the modes of the files"
                                    : "when it copies the link to a remote node"),
                    "mend or remove the link");
        }
    }

    /**
     * {@return whether {@code chmod -R 0755 *} follows the link} It follows the links that match the pattern, but not
     * those below them.
     */
    private static boolean isSetMode(ContextFile file) {
        return file.path().indexOf('/') < 0 && !file.path().startsWith(".");
    }

    private static String target(ContextFile link) {
        try {
            return Files.readSymbolicLink(link.toPath()).toString();
        } catch (IOException e) {
            return "/"; // It cannot be looked at: nothing in the directory.
        }
    }

    private static void caseClash(ContextFile directory, FindingSink findings) {
        Map<String, String> seen = new HashMap<>();
        for (ContextFile entry : directory.children()) {
            String name = entry.name();
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                findings.report(
                        directory.path().equals(".") ? name : directory.path() + "/" + name,
                        "the name differs from " + other + " by case only",
                        "give one of the two another name");
            }
        }
    }

    private static void unusualName(ContextFile file, FindingSink findings) {
        if (isUnusual(file.name())) {
            findings.report(
                    file.path().replaceAll("\\p{Cntrl}", "?"),
                    "the name is not UTF-8, or has a control character or a backslash",
                    "rename it: not every system can have a file of that name");
        }
    }

    private static boolean isUnusual(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == '\\' || c == 0x7F || c == 0xFFFD) {
                return true;
            }
        }
        return false;
    }

    private static void unusable(ContextFile file, FindingSink findings) {
        if (file.kind() == Kind.OTHER) {
            findings.report(file.path(), "this is a socket, a device or a pipe, and no image can have it", "remove it");
        } else if (file.kind() != Kind.LINK && !Files.isReadable(file.toPath())) {
            findings.report(file.path(), "the file cannot be read, and the build would stop at it", "make it readable");
        }
    }
}
