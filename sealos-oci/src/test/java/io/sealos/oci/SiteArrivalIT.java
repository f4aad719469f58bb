package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.oci.peers.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares what the verifier says of a directory with what arrives, by the programs of others. Run by
 * {@code .ci/slow-tests}; {@code .ci/site-arrival-check} checks that everything saved arrives.
 */
@Tag("peers")
class SiteArrivalIT {
    @TempDir
    static Path images;

    private static Path tool;

    @BeforeAll
    static void findPrograms() throws IOException {
        String named = System.getProperty("site.arrival");
        assumeThat(named).as("the system property site.arrival").isNotNull();
        for (String program : List.of("python3", "skopeo", "docker-registry")) {
            assumeThat(Tools.isInstalled(program)).as(program).isTrue();
        }
        tool = Path.of(named);
    }

    @ParameterizedTest
    @EnumSource(SiteCase.class)
    void syncWhenDirectoryIsHandMadeBringsWhatTheVerifierSays(SiteCase given) throws Exception {
        Path directory = images.resolve(given.name());
        Path refs = Files.writeString(images.resolve(given + ".refs"), given.writeTo(directory) + "\n");

        for (String host : List.of("amd64", "arm64")) {
            for (String nodes : List.of("amd64", "arm64")) {
                JsonNode result = arrival(directory, refs, host, nodes);
                JsonNode row = result.path("rows").path(0);
                assertThat(row.path("whole").asBoolean())
                        .as(host + ">" + nodes + " " + result)
                        .isEqualTo(given.arrives(host, nodes));
            }
        }
    }

    private static JsonNode arrival(Path source, Path refs, String host, String nodes) throws Exception {
        // The exit status says whether everything has arrived, which the answer says, too.
        byte[] answer = Tools.run(
                images,
                "sh",
                "-c",
                "python3 \"$@\" || [ $? = 1 ]",
                "sh",
                tool.toString(),
                "--json",
                "--control-arch=" + host,
                "--node-arch=" + nodes,
                "--image-arch=" + nodes,
                "--refs=" + refs,
                source.toString());
        return new ObjectMapper().readTree(answer);
    }
}
