package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealos.images.ImageReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SiteTests {
    private static final List<String> ARCHITECTURES = List.of("amd64", "arm64");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(SiteCase.class)
    void verifyWhenDirectoryIsJudgedKnowsWhereItArrives(SiteCase given) throws IOException {
        ImageReference reference = given.writeTo(directory);

        for (String host : ARCHITECTURES) {
            for (String node : ARCHITECTURES) {
                Site site = Site.ofHost("linux/" + host).withNodes("linux/" + node);
                RegistryReport report =
                        RegistryVerifier.verify(RegistryDirectory.of(directory), List.of(reference), site);
                assertThat(report.isSelfSufficient()).as(site + ": " + report).isEqualTo(given.arrives(host, node));
            }
        }
    }

    @Test
    void withNodesWhenPlatformsAreMalformedListsAllOfThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Site.ofAnyHost().withNodes("linux", "linux/arm64", ""))
                .withMessage("'linux' is not a platform; write os/architecture[/variant], such as linux/arm64\n"
                        + "'' is not a platform; write os/architecture[/variant], such as linux/arm64");
    }
}
