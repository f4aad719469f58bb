package io.sealos.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTests {
    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "größer 😀", "a\\b"})
    void keepsTextWhenItIsPlain(String text) {
        assertThat(Printable.of(text)).isSameAs(text);
    }

    @Test
    void escapesWhatATerminalObeysOrWhatHidesOthers() {
        assertThat(Printable.of("a\u001b[31m\r\n\tb\u0000\u007f\u009b"))
                .isEqualTo("a\\u001b[31m\\r\\n\\tb\\u0000\\u007f\\u009b");
        assertThat(Printable.of("\u202e\u200b\u2028\udc80\ufeff")).isEqualTo("\\u202e\\u200b\\u2028\\udc80\\ufeff");
        assertThat(Printable.of(Character.toString(0xE0001))).isEqualTo("\\U000e0001");
    }

    @Test
    void cutsTextWhenItIsLongAndKeepsCharactersWhole() {
        assertThat(Printable.of("x".repeat(1_000_000))).isEqualTo("x".repeat(1000) + "… (999000 more)");
        assertThat(Printable.of("😀😀😀", 3)).isEqualTo("😀😀… (2 more)");
    }
}
