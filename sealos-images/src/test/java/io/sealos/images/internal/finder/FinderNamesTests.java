package io.sealos.images.internal.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FinderNamesTests {
    @Test
    void areThoseOfTheReadme() throws Exception {
        List<String> names = new ArrayList<>();
        for (Field field : FinderNames.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                names.add(String.valueOf(field.get(null)));
            }
        }
        assertThat(namesOfReadme()).containsExactlyElementsOf(names);
    }

    private static List<String> namesOfReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("| finder | place |");
        String table = readme.substring(start, readme.indexOf("\n\n", start));
        return table.lines()
                .skip(2)
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
                .map((MatchResult name) -> name.group(1))
                .toList();
    }
}
