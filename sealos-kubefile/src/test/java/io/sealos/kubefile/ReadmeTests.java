package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTests {
    @Test
    void compilesWhenExampleIsTakenFromReadme(@TempDir Path classes) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```java\n") + "```java\n".length();
        String example = readme.substring(start, readme.indexOf("```\n", start));
        String source = "import io.sealos.kubefile.*;\nclass Example { void run() {\n" + example + "\n} }\n";
        StringWriter errors = new StringWriter();
        assertThat(compile(source, classes, errors)).as(errors.toString()).isTrue();
    }

    private static boolean compile(String source, Path classes, StringWriter errors) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        return compiler.getTask(errors, null, null, options, null, List.of(file))
                .call();
    }
}
