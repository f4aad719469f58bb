package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds that messages are right for the user of a program, who does not know its code: the name of a class or method of
 * this library is at most in parentheses, after what it does.
 */
class MessageWordsTests {
    private static final List<String> MODULES = List.of("kubefile", "images", "layout", "oci");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*+)\"");
    private static final Pattern JOINED = Pattern.compile("\"\\s{0,100}\\+\\s{0,100}\"");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s{0,40}(?:\\*|//|/\\*).*$");
    /** Blocks of text, which are templates and no messages, and quotes as characters. */
    private static final Pattern OTHER_QUOTES = Pattern.compile("\"{3}[^\"]*+(?:\"{1,2}[^\"]++)*+\"{3}|'\\\\?\"'");

    private static final Pattern METHOD =
            Pattern.compile("(?m)^ {4,8}(?:public |static |default )*[\\w<>\\[\\], .?]{2,80} ([a-z]+[A-Z]\\w*)\\(");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z]\\w*");
    /** The functions of a template, which a text of the library contains. */
    private static final Set<String> OTHERS = Set.of("toJson", "toString");

    @Test
    void messagesWhenTheyNameTheLibraryDoSoInParentheses() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path source : sources()) {
            if (!source.toString().contains("internal")) {
                addNames(source, names);
            }
        }
        assertThat(names).contains("ClusterImageBuilder", "acceptGaps").hasSizeGreaterThan(300);

        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            literals(source)
                    .forEach(literal -> used(literal, names)
                            .forEach(
                                    name -> found.add(source.getFileName() + ": " + name + " in \"" + literal + "\"")));
        }

        assertThat(found).isEmpty();
    }

    @Test
    void usedWhenNameIsInParenthesesDoesNotCount() {
        Set<String> names = Set.of("OciLayout", "acceptGaps");

        assertThat(used("read it with OciLayout.archive", names)).containsExactly("OciLayout");
        assertThat(used("read it as an archive (OciLayout.archive), or accept it (acceptGaps)", names))
                .isEmpty();
        assertThat(used("acceptGaps has no glob", names)).containsExactly("acceptGaps");
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("../sealos-" + module + "/src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            }
        }
        return sources;
    }

    /** Adds names that are no words of English: those with a capital letter inside. */
    private static void addNames(Path source, Set<String> names) throws IOException {
        String type = source.getFileName().toString().replace(".java", "");
        if (type.chars().filter(Character::isUpperCase).count() > 1) {
            names.add(type);
        }
        Matcher methods = METHOD.matcher(Files.readString(source));
        while (methods.find()) {
            names.add(methods.group(1));
        }
        names.removeAll(OTHERS);
    }

    /** {@return the texts of a source that are messages or parts of them} */
    private static List<String> literals(Path source) throws IOException {
        String code = COMMENT.matcher(Files.readString(source)).replaceAll("");
        code = OTHER_QUOTES.matcher(code).replaceAll("");
        return LITERAL.matcher(JOINED.matcher(code).replaceAll(""))
                .results()
                .map(literal -> literal.group(1))
                .filter(literal -> literal.contains(" "))
                .toList();
    }

    private static Set<String> used(String literal, Set<String> names) {
        Set<String> used = new TreeSet<>();
        Matcher words = NAME.matcher(literal.replaceAll("\\([^()]*(\\)|$)", ""));
        while (words.find()) {
            if (names.contains(words.group())) {
                used.add(words.group());
            }
        }
        return used;
    }
}
