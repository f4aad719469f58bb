package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulePagesTests {
    private static final Path PAGES = Path.of("docs/rules");

    @Test
    void pagesWhenComparedWithTheTableAreTheSame() throws IOException {
        List<String> rules = StandardRules.ALL.stream()
                .map(rule -> rule.id() + ".md")
                .sorted()
                .toList();

        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()).sorted())
                    .isEqualTo(rules);
        }
    }

    @Test
    void pagesWhenReadHaveSeverityAndBothExamples() throws IOException {
        for (LayoutRule rule : StandardRules.ALL) {
            assertThat(Files.readString(PAGES.resolve(rule.id() + ".md")))
                    .as(rule.id())
                    .startsWith("# " + rule.id() + "\n\nSeverity: "
                            + rule.severity().name().toLowerCase(Locale.ROOT) + "\n")
                    .contains("\n## Bad\n\n```", "\n## Good\n\n```");
        }
    }

    @Test
    void rulesWhenDescribedSayItInOneSentence() {
        assertThat(StandardRules.ALL)
                .allSatisfy(rule -> assertThat(rule.description()).endsWith("."));
    }
}
