package io.sealos.layout.internal.rule;

import io.sealos.SealosException;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.images.SealosPlace;
import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about lists of images that are written by hand or by init.sh: {@code images/shim} and {@code tar.txt}. */
final class ImageListRules {
    /** The largest number of lines; the scan of the images reports a longer list. */
    private static final int MOST_LINES = 20_000;

    private static final Pattern SHIM_PREFIX = Pattern.compile("(containers-storage|docker-daemon):");
    private static final Pattern TAR_LINE = Pattern.compile("(docker-archive|oci-archive):([^@]++)@(.++)");

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "shim-line-invalid",
                    Severity.ERROR,
                    "A line of a list in images/shim is not an image reference, and sealos stops at it.",
                    ImageListRules::shimInvalid),
            LayoutRule.of(
                    "shim-duplicate",
                    Severity.INFO,
                    "The lists in images/shim have an image twice, perhaps under two names.",
                    ImageListRules::shimDuplicate),
            LayoutRule.of(
                    "tar-list-invalid",
                    Severity.ERROR,
                    "A line of images/skopeo/tar.txt names no archive and image, and the build stops at it.",
                    ImageListRules::tarInvalid),
            LayoutRule.of(
                    "tar-list-archive-missing",
                    Severity.ERROR,
                    "A line of images/skopeo/tar.txt names an archive that is not there.",
                    ImageListRules::tarMissing),
            LayoutRule.of(
                    "tar-list-name",
                    Severity.WARNING,
                    "A name in images/skopeo/tar.txt is one that sealos refuses, or stores where nobody looks.",
                    ImageListRules::tarName));

    private ImageListRules() {}

    private interface LineCheck {
        void check(String path, SourceRange line, String text);
    }

    private static void forEachShimLine(ClusterImageLayout layout, LineCheck check) {
        int lines = 0;
        for (ContextFile file : shimLists(layout)) {
            for (SourceRange line : file.lines()) {
                String text = line.text().strip();
                if (++lines > MOST_LINES) {
                    return;
                }
                if (!text.isEmpty() && !text.startsWith("#")) {
                    check.check(file.path(), line, text);
                }
            }
        }
    }

    /** {@return the files in {@code images/shim}, or the file in its place} */
    private static List<ContextFile> shimLists(ClusterImageLayout layout) {
        return Stream.concat(
                        layout.file(StandardDirectory.SHIM).filter(ContextFile::isFile).stream(),
                        layout.filesBelow(StandardDirectory.SHIM).stream())
                .toList();
    }

    private static void shimInvalid(ClusterImageLayout layout, FindingSink findings) {
        forEachShimLine(layout, (path, line, text) -> {
            try {
                ImageReference.parse(SHIM_PREFIX.matcher(withoutQuotes(text)).replaceFirst(""));
            } catch (ImageReferenceException e) {
                reportShimLine(findings, path, line, text, e.parts().get(0));
            }
        });
    }

    /** Reports the cause with its own fix. */
    private static void reportShimLine(
            FindingSink findings, String path, SourceRange line, String text, SealosException.Part grammar) {
        if (text.startsWith("\uFEFF")) {
            findings.report(
                    path,
                    line,
                    "the list begins with a byte order mark, which becomes part of the first name",
                    "save the list as UTF-8 without a byte order mark");
        } else if (text.indexOf('"') >= 0 || text.indexOf('\'') >= 0) {
            findings.report(
                    path,
                    line,
                    "a quote is part of the line, and no name has one; sealos takes off a pair around it only",
                    "remove the quotes");
        } else if (text.matches("\\S++\\s++#.*")) {
            findings.report(
                    path, line, "a comment behind a name becomes part of it", "put the comment on a line of its own");
        } else {
            findings.report(path, line, "'" + grammar.place() + "' " + grammar.problem(), grammar.fix());
        }
    }

    /** Reports lines whose images sealos fetches from the same registry and saves at the same place. */
    private static void shimDuplicate(ClusterImageLayout layout, FindingSink findings) {
        Map<String, String> seen = new LinkedHashMap<>();
        forEachShimLine(layout, (path, line, text) -> {
            String image = withoutQuotes(text);
            SealosPlace saved = SealosPlace.ofImage(image);
            if (saved.refusal().isPresent()) {
                return; // shim-line-invalid reports it.
            }
            String place = path + ":" + line.start().line();
            String first = seen.putIfAbsent(source(image) + " " + saved.repository() + saved.reference(), place);
            if (first != null) {
                findings.withIdentity(text)
                        .report(path, line, text + " is listed at " + first + " already", "remove the line");
            }
        });
    }

    /**
     * {@return the prefix that names an engine on the machine, else the registry, from which sealos fetches the image}
     */
    private static String source(String image) {
        Matcher prefix = SHIM_PREFIX.matcher(image);
        return prefix.lookingAt() ? prefix.group() : registry(image).orElse("");
    }

    private static Optional<String> registry(String image) {
        try {
            return Optional.of(ImageReference.parse(image).registry());
        } catch (ImageReferenceException e) {
            return Optional.empty(); // Only sealos accepts it as a name.
        }
    }

    /** {@return the line without one pair of quotes, which sealos removes} */
    private static String withoutQuotes(String text) {
        int last = text.length() - 1;
        boolean quoted = last > 0 && text.charAt(0) == text.charAt(last) && "\"'".indexOf(text.charAt(0)) >= 0;
        return quoted ? text.substring(1, last) : text;
    }

    private static Optional<String> canonical(String text) {
        try {
            return Optional.of(ImageReference.parse(text).withDefaultTag().toString());
        } catch (ImageReferenceException e) {
            return Optional.empty(); // shim-line-invalid reports it.
        }
    }

    private static void forEachTarLine(ClusterImageLayout layout, LineCheck check) {
        List<SourceRange> lines = layout.file(StandardDirectory.SKOPEO_TAR_LIST)
                .map(ContextFile::lines)
                .orElse(List.of());
        for (SourceRange line : lines) {
            String text = line.text().strip();
            if (!text.isEmpty()) {
                check.check(StandardDirectory.SKOPEO_TAR_LIST, line, text);
            }
        }
    }

    private static void tarInvalid(ClusterImageLayout layout, FindingSink findings) {
        forEachTarLine(layout, (path, line, text) -> {
            Matcher parts = TAR_LINE.matcher(text);
            if (!parts.matches()) {
                String message = text.startsWith("#")
                        ? "the list knows no comments, and takes this one for an archive"
                        : "the line names no archive and image";
                findings.report(path, line, message, "write docker-archive:FILE@NAME:TAG or oci-archive:FILE@NAME:TAG");
            } else if (!withoutLineEnd(line.text()).equals(text)) {
                findings.report(
                        path,
                        line,
                        "sealos takes the blanks around the line for parts of it, and stops",
                        "remove them");
            } else if (canonical(parts.group(3)).isEmpty()) {
                findings.report(
                        path,
                        line,
                        "'" + parts.group(3) + "' is not the name of an image",
                        "write it as NAME:TAG in lower case");
            }
        });
    }

    private static String withoutLineEnd(String line) {
        int end = line.length();
        while (end > 0 && "\r\n".indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return line.substring(0, end);
    }

    private static void tarMissing(ClusterImageLayout layout, FindingSink findings) {
        forEachTarLine(layout, (path, line, text) -> {
            Matcher parts = TAR_LINE.matcher(text);
            String archive = parts.matches() ? archive(parts.group(2)) : "";
            if (parts.matches() && layout.file(archive).isEmpty()) {
                findings.report(
                        path,
                        line,
                        "there is no archive " + archive,
                        InitScript.isThere(layout) ? "run init.sh, or put the archive there" : "put the archive there");
            }
        });
    }

    /** {@return the path of the archive, which may be followed by a colon and the name of an image in it} */
    private static String archive(String written) {
        int colon = written.indexOf(':');
        String file = colon < 0 ? written : written.substring(0, colon);
        return CopySources.trim(StandardDirectory.SKOPEO + "/" + file);
    }

    private static void tarName(ClusterImageLayout layout, FindingSink findings) {
        forEachTarLine(layout, (path, line, text) -> {
            Matcher parts = TAR_LINE.matcher(text);
            if (!parts.matches()) {
                return;
            }
            String name = parts.group(3);
            SealosPlace place = SealosPlace.ofArchive(text);
            if (name.contains("@")) {
                findings.report(path, line, "sealos cuts the digest of " + name + " off", "name a tag instead");
            } else if (place.refusal().isPresent()) {
                findings.report(
                        path,
                        line,
                        "sealos refuses " + name + ", because it takes the whole of it for a path in the registry",
                        "write the name without the registry, as NAME/NAME:TAG in lower case");
            } else if (!place.isAskedFor()) {
                findings.report(
                        path,
                        line,
                        "sealos stores the image under " + place.repository().orElseThrow() + ", and a node asks for "
                                + asked(place).orElse("no such name"),
                        "write " + asked(place).map(it -> it + tag(name)).orElse("a name that a Pod can have"));
            }
        });
    }

    /** {@return the repository that a node requests} */
    private static Optional<String> asked(SealosPlace place) {
        return place.asked().stream()
                .map(it -> it.substring("/v2/".length(), it.lastIndexOf("/manifests/")))
                .findFirst();
    }

    private static String tag(String name) {
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(colon) : "";
    }
}
