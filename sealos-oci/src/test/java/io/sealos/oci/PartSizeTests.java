package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartSizeTests {
    @ParameterizedTest
    @CsvSource({
        "650MB, 650000000",
        "650 mb, 650000000",
        "650M, 650000000",
        "1KiB, 1024",
        "2kib, 2048",
        "4GiB, 4294967296",
        "4.7GB, 4700000000",
        "1.5Ki, 1536",
        "2TB, 2000000000000",
        "1TiB, 1099511627776",
        "1024, 1024",
        "2000B, 2000",
        "2.0009kB, 2000",
        "cd, 734003200",
        "DVD, 4680000000",
        "fat32, 4294967295",
        " S3 , 5368709120"
    })
    void parseWhenTextIsASizeReturnsIt(String text, long bytes) {
        assertThat(PartSize.parse(text)).isEqualTo(PartSize.ofBytes(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MB",
                "-5MB",
                "1,5MB",
                "5 MB x",
                "0x10kB",
                "5PB",
                "5i",
                "5iB",
                "1e9",
                "blu-ray",
                "9999999999TB"
            })
    void parseWhenTextIsNoSizeShowsTheForms(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PartSize.parse(text))
                .withMessage("'" + text + "' is not the size of a part; write cd, dvd, fat32 or s3, or a number with a"
                        + " unit, such as 650MB or 4GiB");
    }

    @Test
    void parseWhenSizeIsTooSmallSaysSo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PartSize.parse("1kB"))
                .withMessage("a part of 1000 bytes is too small; use at least 1024");
    }
}
