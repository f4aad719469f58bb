package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds that links of the Javadoc lead somewhere: a method that a public class inherits from one that is not public is
 * shown on the page of the public class, but a link to it becomes a text with the name of the other class.
 */
class JavadocLinksTests {
    private static final List<String> MODULES = List.of("kubefile", "images", "layout", "oci");
    private static final Pattern LINK = Pattern.compile("([A-Z]\\w{0,60})#([a-z]\\w{0,60})");

    @Test
    void linksWhenTheyNameAMethodNameOneOfAPublicClass() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path source : sources()) {
            Matcher matcher = LINK.matcher(Files.readString(source));
            while (matcher.find()) {
                links++;
                if (!isPublic(source, matcher.group(1), matcher.group(2))) {
                    broken.add(source.getFileName() + ": " + matcher.group());
                }
            }
        }

        assertThat(links).isGreaterThan(100);
        assertThat(broken)
                .as("write {@link ClusterImageBuilder ClusterImageBuilder.name} instead")
                .isEmpty();
    }

    @Test
    void isPublicWhenMethodIsInheritedFromAHiddenClassIsFalse() {
        Path source = Path.of("../sealos-oci/src/main/java/io/sealos/oci/BuildPlan.java");

        assertThat(isPublic(source, "ClusterImageBuilder", "saveImages")).isFalse();
        assertThat(isPublic(source, "ClusterImageBuilder", "build")).isTrue();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("../sealos-" + module + "/src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.toString().contains("internal"))
                        .sorted()
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    private static boolean isPublic(Path source, String type, String method) {
        String path = source.resolveSibling(type).toString().replace('\\', '/');
        String name = path.substring(path.indexOf("io/sealos")).replace('/', '.');
        List<Method> methods = found(name).stream()
                .flatMap(it -> Arrays.stream(it.getMethods()))
                .filter(it -> it.getName().equals(method))
                .toList();
        // The compiler adds a bridge to a public class for each method of a hidden one.
        return methods.isEmpty()
                || methods.stream()
                        .filter(it -> !it.isBridge())
                        .anyMatch(it -> Modifier.isPublic(it.getDeclaringClass().getModifiers()));
    }

    /** {@return a class of the same package} Links to others are to public classes. */
    private static Optional<Class<?>> found(String name) {
        try {
            return Optional.of(Class.forName(name, false, JavadocLinksTests.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
