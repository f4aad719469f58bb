package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealosPlaceTests {
    private static final String SHA = "sha256:" + "0".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "QUAY.io/a/b:1, a/b, 1",
        "Quay.IO:5000/a/b, a/b, latest",
        "registry-1.docker.io/nginx:1, nginx, 1",
        "docker.io/nginx:1, library/nginx, 1",
        "containers-storage:[overlay@/data]quay.io/a/b:1, a/b, 1",
        "containers-storage:app, library/app, latest"
    })
    void savesWithoutTheHostWhenImageIsListed(String image, String repository, String reference) {
        SealosPlace place = SealosPlace.ofImage(image);
        assertThat(place.repository()).hasValue(repository);
        assertThat(place.reference()).hasValue(reference);
        assertThat(place.refusal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[::1]:5000/a/b:1",
                "Host/a/b:1",
                "q.io/a:1",
                "a:1",
                "docker-daemon:app",
                "docker-daemon:localhost/app:1",
                "containers-storage:localhost:x/y:1"
            })
    void refusesWhatSealosDoesWhenImageIsListed(String image) {
        assertThat(SealosPlace.ofImage(image).refusal()).isPresent();
        assertThat(SealosPlace.ofImage(image).isAskedFor()).isFalse();
    }

    @Test
    void dropsTheTagWhenAListedImageHasADigestToo() {
        SealosPlace place = SealosPlace.ofImage("quay.io/a/b:1@" + SHA);
        assertThat(place).hasToString("quay.io/a/b:1@" + SHA + " -> a/b " + SHA);
        assertThat(place.path())
                .hasValue("docker/registry/v2/repositories/a/b/_manifests/revisions/sha256/" + "0".repeat(64));
        assertThat(place.asked()).containsExactly("/v2/a/b/manifests/" + SHA, "/v2/a/b/manifests/1");
        assertThat(place).isEqualTo(SealosPlace.ofImage("quay.io/a/b:1@" + SHA));
    }

    @Test
    void refusesTheLineWhenAnArchiveHasNoName() {
        assertThat(SealosPlace.ofArchive("docker-archive:a.tar"))
                .hasToString("docker-archive:a.tar has no name for the registry after the @");
    }
}
