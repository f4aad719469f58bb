package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealos.images.ImageReferenceException.Part;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTests {
    private static final String SHA = "sha256:" + "a1".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx",
        "nginx:1.25, docker.io/library/nginx:1.25",
        "nginx:5000, docker.io/library/nginx:5000",
        "a/b, docker.io/a/b",
        "docker.io/nginx, docker.io/library/nginx",
        "index.docker.io/nginx:1, docker.io/library/nginx:1",
        "index.docker.io/a/b:1, docker.io/a/b:1",
        "localhost/x, localhost/x",
        "LOCAL/x, LOCAL/x",
        "local:5000/x/y:t, local:5000/x/y:t",
        "[::1]:5000/x, [::1]:5000/x",
        "quay.io/a/b/c/d:v1.2-rc_3, quay.io/a/b/c/d:v1.2-rc_3",
        "a__b--c.d_e, docker.io/library/a__b--c.d_e",
        "docker.io/library/nginx, docker.io/library/nginx",
        "[fc00:1:2:3:4:5:6:7]:5000/library/debian, [fc00:1:2:3:4:5:6:7]:5000/library/debian",
        "192.168.0.1:80, docker.io/library/192.168.0.1:80",
        "192.168.0.1:8/debian, 192.168.0.1:8/debian",
        "xn--n3h.com/a:xn--n3h.com, xn--n3h.com/a:xn--n3h.com",
        "foo/foo_bar.com:8080, docker.io/foo/foo_bar.com:8080",
        "Docker/docker, Docker/docker",
        "d---e/f__g.h-i:_x, docker.io/d---e/f__g.h-i:_x",
    })
    void normalisesWhenNameIsShortOrFull(String text, String canonical) {
        assertThat(ImageReference.parse(text)).hasToString(canonical);
        assertThat(ImageReference.parse(canonical)).isEqualTo(ImageReference.parse(text));
    }

    @Test
    void givesPartsWhenTagAndDigestAreWritten() {
        ImageReference reference = ImageReference.parse("quay.io:443/a/b:v1@" + SHA);
        assertThat(reference.registry()).isEqualTo("quay.io:443");
        assertThat(reference.repository()).isEqualTo("a/b");
        assertThat(reference.name()).isEqualTo("quay.io:443/a/b");
        assertThat(reference.tag()).contains("v1");
        assertThat(reference.digest()).contains(Digest.parse(SHA));
        assertThat(reference).hasToString("quay.io:443/a/b:v1@" + SHA);
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/nginx:1, nginx, nginx:1",
        "docker.io/a/b:1, a/b, a/b:1",
        "docker.io/library/a/b:1, library/a/b, library/a/b:1",
        "quay.io/nginx:1, quay.io/nginx, quay.io/nginx:1",
    })
    void shortensWhenRegistryIsDockerHub(String text, String name, String whole) {
        assertThat(ImageReference.parse(text).familiarName()).isEqualTo(name);
        assertThat(ImageReference.parse(text).familiarString()).isEqualTo(whole);
    }

    @Test
    void addsLatestOnlyWhenTagAndDigestAreMissing() {
        assertThat(ImageReference.parse("nginx").withDefaultTag()).hasToString("docker.io/library/nginx:latest");
        assertThat(ImageReference.parse("nginx:1").withDefaultTag()).hasToString("docker.io/library/nginx:1");
        assertThat(ImageReference.parse("nginx@" + SHA).withDefaultTag()).hasToString("docker.io/library/nginx@" + SHA);
    }

    @Test
    void comparesByCanonicalForm() {
        assertThat(Stream.of("b", "quay.io/a", "a:2", "a:1")
                        .map(ImageReference::parse)
                        .sorted())
                .extracting(ImageReference::familiarString)
                .containsExactly("a:1", "a:2", "b", "quay.io/a");
        assertThat(ImageReference.parse("a:1"))
                .hasSameHashCodeAs(ImageReference.parse("docker.io/library/a:1"))
                .isNotEqualTo(ImageReference.parse("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a_b.io/x | REGISTRY | a_b.io | is not a host name with an optional :port",
                "-a.io/x | REGISTRY | -a.io | is not a host name with an optional :port",
                "a.io:p/x | REGISTRY | a.io:p | is not a host name with an optional :port",
                "Nginx:1 | REPOSITORY | Nginx | has upper-case letters; write it in lower case",
                "nginx: | TAG | '' | must be 1 to 128 letters, digits, '_', '.' or '-', and start with none of the last two",
                "nginx:-1 | TAG | -1 | must be 1 to 128 letters, digits, '_', '.' or '-', and start with none of the last two",
                "a:b:c | TAG | b:c | must be 1 to 128 letters, digits, '_', '.' or '-', and start with none of the last two",
                "a@sha256:12 | DIGEST | sha256:12 | is not a digest; write sha256: and 64 lower-case hex digits, or sha512: and 128",
                "quay.io/ | REPOSITORY | '' | is empty",
            })
    void namesBadPartWhenTextIsNoReference(String text, Part part, String partText, String problem) {
        ImageReferenceException failure =
                catchThrowableOfType(ImageReferenceException.class, () -> ImageReference.parse(text));
        assertThat(failure.reference()).isEqualTo(text);
        assertThat(failure.part()).isEqualTo(part);
        assertThat(failure.partText()).isEqualTo(partText);
        String word = part.name().toLowerCase(java.util.Locale.ROOT);
        assertThat(failure)
                .hasMessage("'" + text + "' is not an image reference: its " + word + " '" + partText + "' " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[fc00::1]",
                "[fc00::1]:5000",
                "[fe80::1%eth0]:5000/a",
                "[2001:db8::192.0.2.33]:5000/a",
                "fc00::1:5000/a",
                "docker.io/a/B",
                ":tag",
                "@sha256:12",
                "a@md5:00000000000000000000000000000000",
                "a b",
                "a..b",
                "a/",
                "/a",
                "a//b",
                "a_",
                "_a",
                "a___b",
                "{{ .Values.image }}",
                "a\n",
                "é"
            })
    void rejectsWhenRepositoryBreaksGrammar(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text)).isInstanceOf(ImageReferenceException.class);
    }

    @Test
    void rejectsWhenTextIsEmptyOrAnImageId() {
        assertThatThrownBy(() -> ImageReference.parse(""))
                .hasMessage("'' is not an image reference: it is empty; write a name such as nginx:1.25");
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(64)))
                .hasMessage(
                        "'" + "a".repeat(64)
                                + "' is not an image reference: it is 64 hex digits, an image ID; write a name such as nginx:1.25");
    }

    @Test
    void saysWhatToLeaveOutWhenTextIsUrl() {
        assertThatThrownBy(() -> ImageReference.parse("https://quay.io/a"))
                .hasMessage("'https://quay.io/a' is not an image reference: it starts with a scheme; leave it out up to"
                        + " '://'");
    }

    @Test
    void respectsLimitsWhenTextIsLong() {
        assertThat(ImageReference.parse("a".repeat(247)).repository()).hasSize(255);
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(248)))
                .hasMessageEndingWith("is longer than 255 characters");
        String longest = "a".repeat(255);
        assertThat(ImageReference.parse("quay.io/" + longest + ":" + "t".repeat(128))
                        .repository())
                .isEqualTo(longest);
        assertThatThrownBy(() -> ImageReference.parse("quay.io/a" + longest))
                .hasMessageEndingWith("is longer than 255 characters");
        assertThatThrownBy(() -> ImageReference.parse("x".repeat(10_000_000) + ".io/a"))
                .hasMessageEndingWith("…' is longer than 255 characters");
    }
}
