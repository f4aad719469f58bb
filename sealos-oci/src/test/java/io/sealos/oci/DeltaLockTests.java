package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.images.ImageLock;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaLockTests {
    private static final int SIZE = 20_000;

    @TempDir
    Path directory;

    private DeltaFixture images;

    @BeforeEach
    void start() throws IOException {
        images = new DeltaFixture(directory);
    }

    @AfterEach
    void close() {
        images.close();
    }

    private ClusterImageBuilder earlier() throws IOException {
        return images.image(List.of(
                images.put("team/shop:1", SIZE, 1, 2, 3),
                images.put("team/db:1", SIZE, 1, 4),
                images.put("team/plain:1", MediaTypes.OCI_LAYER, SIZE, 1, 7)));
    }

    private ClusterImageBuilder later() throws IOException {
        return images.image(List.of(
                images.put("team/shop:2", SIZE, 1, 2, 5),
                images.put("team/db:1", SIZE, 1, 4),
                images.put("team/plain:1", MediaTypes.OCI_LAYER, SIZE, 1, 7)));
    }

    private OciLayout layout(String name) {
        return OciLayout.directory(directory.resolve(name));
    }

    @Test
    void sparesTheBlobsOfTheImageWhenTheBaseIsItsLock() throws IOException {
        BuildResult base = earlier().lockBlobs(true).build().writeTo(layout("base"));
        Path file = directory.resolve("base.lock");
        base.lock().writeTo(file);
        ImageLock lock = ImageLock.read(file);
        assertThat(lock).isEqualTo(base.lock()).isNotEqualTo(earlier().build().resolve());

        DeltaBase ofLock = DeltaBase.of(lock);
        DeltaBase ofImage = DeltaBase.of(layout("base"));
        assertThat(ofLock.blobs().get(0).inventory())
                .isEqualTo(ofImage.blobs().get(0).inventory());

        ClusterImage delta = later().deltaFrom(ofLock).build();
        ImageDelta planned = delta.planDelta();
        assertThat(delta.writeTo(layout("delta")).delta()).contains(planned);
        assertThat(planned.sparedBytes())
                .isPositive()
                .isEqualTo(later().deltaFrom(ofImage).build().planDelta().sparedBytes());
        assertThat(planned.bases()).isEqualTo(ofLock.digests());
        RegistryReport report = RegistryVerifier.verify(layout("delta"), List.of(ofLock));
        assertThat(report.isSelfSufficient()).isTrue();
        assertThat(ClusterImage.combine(List.of(layout("base")), layout("delta"), layout("full")))
                .isEqualTo(later().build().writeTo(layout("again")).digest());
    }

    @Test
    void listsTheSameBlobsWhenLayersWereNotFetched() throws IOException {
        ClusterImage image = earlier()
                .lockBlobs(true)
                .contentStore(directory.resolve("empty"))
                .build();
        ImageLock resolved = image.resolve();
        assertThat(resolved).isEqualTo(image.writeTo(layout("base")).lock());
        assertThat(resolved.blobs()).extracting(ImageLock.Blobs::repository).containsExactly("team/db", "team/shop");
    }

    @Test
    void refusesALockWhenItListsNoBlobs() throws IOException {
        ImageLock lock = earlier().build().resolve();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeltaBase.of(lock))
                .withMessage("the lock lists no blobs, from which a delta is computed; write it with the blobs"
                        + " (lockBlobs), or read the base from its image");
    }
}
