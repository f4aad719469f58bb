package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeExampleTests {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("^class (\\w+)", Pattern.MULTILINE);
    private static final Path PROJECT = Path.of("..");
    private static final Path ARCHITECTURE = PROJECT.resolve("ARCHITECTURE.md");
    private static final Set<Path> MAINTAINERS = Set.of(ARCHITECTURE, PROJECT.resolve("CONTRIBUTING.md"));
    private static final Set<String> MADE = Set.of("target", ".git");
    /** To a file of the project, and a heading in it. */
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

    private static final Pattern HEADING = Pattern.compile("^#++ (.*)$", Pattern.MULTILINE);
    /** A class, perhaps with a member, or a file with its directory. */
    private static final Pattern NAMED =
            Pattern.compile("`(?:([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.\\w++)*+|((?:\\.ci|sealos-\\w+)/[^`]+))`");

    /** A class by its name of several words, wherever it stands. */
    private static final Pattern DRAWN = Pattern.compile("\\b([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)\\b()");

    @TempDir
    Path classes;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "../README.md", "../sealos-layout/README.md", "../docs/guide.md"})
    void examplesWhenCompiledHaveNoErrors(String readme) throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of(readme)))
                .results()
                .map(example -> example.group(1))
                .toList();
        assertThat(examples).as("examples in " + readme).isNotEmpty();

        for (String example : examples) {
            StringWriter errors = new StringWriter();
            boolean compiled = compile(example, errors);

            assertThat(errors.toString()).isEmpty();
            assertThat(compiled).isTrue();
        }
    }

    static List<Path> documents() throws IOException {
        return files(".md");
    }

    private static List<Path> files(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return MADE.contains(name(directory)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (name(file).endsWith(ending)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(found);
        return found;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksWhenFollowedLeadSomewhere(Path document) throws IOException {
        List<String> broken = new ArrayList<>();
        for (MatchResult link : matches(LINK, document)) {
            if (!leadsSomewhere(document, link.group(1), link.group(2))) {
                broken.add(link.group());
            }
        }

        assertThat(broken).as("links to nothing in " + document).isEmpty();
    }

    private static List<MatchResult> matches(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results().toList();
    }

    private static boolean leadsSomewhere(Path document, String file, @Nullable String heading) throws IOException {
        Path target = file.isEmpty() ? document : document.resolveSibling(file);
        return Files.exists(target) && (heading == null || addresses(target).contains(heading));
    }

    private static List<String> addresses(Path document) throws IOException {
        return matches(HEADING, document).stream()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", ""))
                .map(heading -> heading.replace(' ', '-'))
                .toList();
    }

    @Test
    void documentsForMaintainersWhenTheyNameClassesAndFilesNameWhatIsThere() throws IOException {
        Set<String> sources =
                files(".java").stream().map(ReadmeExampleTests::name).collect(Collectors.toSet());
        List<String> gone = new ArrayList<>(gone(ARCHITECTURE, DRAWN, sources));
        for (Path document : documents()) {
            if (document.startsWith(PROJECT.resolve("docs")) || MAINTAINERS.contains(document)) {
                gone.addAll(gone(document, NAMED, sources));
            }
        }

        assertThat(gone).as("named, but not there").isEmpty();
    }

    private static List<String> gone(Path document, Pattern names, Set<String> sources) throws IOException {
        return matches(names, document).stream()
                .filter(named -> !isThere(named.group(1), named.group(2), sources))
                .map(named -> document + ": " + named.group())
                .toList();
    }

    private static boolean isThere(@Nullable String type, @Nullable String file, Set<String> sources) {
        return type == null
                ? Files.exists(PROJECT.resolve(String.valueOf(file)))
                : sources.contains(type + ".java") || isOfTheJdk(type);
    }

    private static boolean isOfTheJdk(String type) {
        return Object.class.getResource("/java/io/" + type + ".class") != null;
    }

    private boolean compile(String source, StringWriter errors) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path"), "-d", classes.toString());
        return compiler.getTask(errors, null, null, options, null, List.of(file(source)))
                .call();
    }

    private static JavaFileObject file(String source) {
        Matcher name = CLASS.matcher(source);
        assertThat(name.find()).as("a class in the example").isTrue();
        return new SimpleJavaFileObject(
                URI.create("string:///" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
