package io.sealos.oci.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTests {
    private static final URI BASE = URI.create("https://h:5000/v2/a/b?c=d");

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://cdn/x?a={b}|c https://cdn/x?a=%7Bb%7D%7Cc",
                "/x?_state={\"a\":\"b|c\"} https://h:5000/x?_state=%7B%22a%22:%22b%7Cc%22%7D",
                "/x?s=a%2Fb%3d+c https://h:5000/x?s=a%2Fb%3d+c",
                "/x?s=100%&t=%zz https://h:5000/x?s=100%25&t=%25zz",
                "/a[1]^`<>\\?q[]=1 https://h:5000/a%5B1%5D%5E%60%3C%3E%5C?q[]=1",
                "http://[::1]:5000/x http://[::1]:5000/x",
                "//cdn/x https://cdn/x",
                "?e=f https://h:5000/v2/a/b?e=f",
                "c?e https://h:5000/v2/a/c?e",
                "../c https://h:5000/v2/c",
                "/x?to=http://[e]/y https://h:5000/x?to=http://[e]/y",
                "/x#part https://h:5000/x",
                "https://me:secret@cdn/x https://cdn/x",
                "/\u00c3\u00a9 https://h:5000/%C3%A9",
                "/\u20ac https://h:5000/%E2%82%AC",
                "/x? https://h:5000/x?"
            })
    void resolveWhenWrittenFreelyEncodesWhatHasToBe(String text, String expected) {
        assertThat(Locations.resolve(BASE, text)).hasToString(expected);
    }

    @Test
    void resolveWhenThereAreSpacesEncodesThoseWithin() {
        assertThat(Locations.resolve(BASE, " /a b?c d\t")).hasToString("https://h:5000/a%20b?c%20d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "#x", "https://[::1/x", "1:x"})
    void resolveWhenItIsNoAddressRefusesIt(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Locations.resolve(BASE, text));
    }
}
