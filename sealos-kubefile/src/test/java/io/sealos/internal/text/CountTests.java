package io.sealos.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTests {
    @ParameterizedTest
    @CsvSource({
        "0, image, 0 images",
        "1, image, 1 image",
        "2, image, 2 images",
        "1, entry, 1 entry",
        "2, entry, 2 entries",
        "2, repository, 2 repositories",
        "2, key, 2 keys",
        "2, switch, 2 switches",
        "2, mismatch, 2 mismatches",
        "2, box, 2 boxes",
        "-1, byte, -1 bytes",
        "1, more problem, 1 more problem",
        "3, more problem, 3 more problems"
    })
    void ofWordsTheNounByTheNumber(long number, String noun, String text) {
        assertThat(Count.of(number, noun)).isEqualTo(text);
    }

    @Test
    void ofWhenThereIsAVerbTakesTheRightForm() {
        assertThat(Count.of(1, "gap", "keeps", "keep")).isEqualTo("1 gap keeps");
        assertThat(Count.of(2, "gap", "keeps", "keep")).isEqualTo("2 gaps keep");
    }
}
