package io.sealos.oci.internal.build.bill;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.packageurl.PackageURL;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillValuesTests {
    private static final Digest DIGEST = Digest.parse("sha256:" + "0f".repeat(32));

    @ParameterizedTest
    @CsvSource({
        "nginx:1.25, pkg:oci/nginx@sha256%3A0f?arch=arm64&repository_url=docker.io%2Flibrary%2Fnginx&tag=1.25",
        "localhost:5000/a/b_c.d:v1_x, pkg:oci/b_c.d@sha256%3A0f?arch=arm64"
                + "&repository_url=localhost%3A5000%2Fa%2Fb_c.d&tag=v1_x",
        "ghcr.io/team/app, pkg:oci/app@sha256%3A0f?arch=arm64&repository_url=ghcr.io%2Fteam%2Fapp",
    })
    void imageIsACanonicalPackageUrl(String reference, String expected) throws Exception {
        ImageReference image = ImageReference.parse(reference);

        String url = PackageUrl.image(image, DIGEST, Optional.of(Platform.parse("linux/arm64")), image.tag());

        assertThat(url.replace(DIGEST.hex(), "0f")).isEqualTo(expected);
        assertThat(new PackageURL(url).canonicalize()).isEqualTo(url);
        assertThat(new PackageURL(url).getQualifiers().get("repository_url")).isEqualTo(image.name());
    }

    @ParameterizedTest
    @CsvSource({
        "web, 1.2.3+build.1, pkg:helm/web@1.2.3%2Bbuild.1",
        "Web_1, '', pkg:helm/Web_1",
        "a b, 1, pkg:helm/a%20b@1",
    })
    void chartIsACanonicalPackageUrl(String name, String version, String expected) throws Exception {
        assertThat(PackageUrl.chart(name, version)).isEqualTo(expected);
        assertThat(new PackageURL(expected).canonicalize()).isEqualTo(expected);
    }

    @Test
    void ofUrlIsTheExampleOfTheSpecification() {
        // The UUID of version 5 for this URL in the namespace of URLs, as Python's uuid.uuid5 returns it.
        assertThat(NameBasedId.ofUrl("https://www.example.com/")).hasToString("3d3ed9d2-aa3d-5fa6-90e8-ed662e90f559");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MIT",
                "Apache-2.0 OR MIT",
                "(MIT AND (GPL-2.0+ WITH Classpath-exception-2.0))",
                "LicenseRef-ours",
                "DocumentRef-a:LicenseRef-b"
            })
    void isExpressionWhenGrammarFits(String text) {
        assertThat(License.isExpression(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Apache License 2.0",
                "MIT,BSD",
                "MIT OR",
                "OR MIT",
                "(MIT",
                "MIT)",
                "MIT (BSD)",
                "()",
                "https://example.com/license",
                "+"
            })
    void isExpressionWhenGrammarDoesNotFitIsFalse(String text) {
        assertThat(License.isExpression(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "TOKEN, x, true",
        "API_KEY, x, true",
        "apiKey, x, true",
        "keys.of.all, x, true",
        "KEYBOARD, us, false",
        "MONKEY, x, false",
        "AUTHOR, me, false",
        "URL, https://u:p@h/, true",
        "URL, https://u@h, true",
        "URL, https://h/p?q=a@b, false",
        "NOTE, a@b.example, false",
        "named, x, true",
    })
    void isWithheldByNameOrValue(String name, String value, boolean expected) {
        assertThat(new Secrets(Set.of("named")).isWithheld(name, value)).isEqualTo(expected);
    }
}
