package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeExampleTests {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("^class (\\w+)", Pattern.MULTILINE);

    @TempDir
    Path classes;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "../README.md", "../sealos-layout/README.md"})
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
