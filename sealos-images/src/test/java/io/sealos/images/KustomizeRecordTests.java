package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small kustomizations with what kubectl 1.32.4 (kustomize 5.5.0) made of each: the images of its objects, or
 * {@code refused}; {@code gap} where it makes something that is not evaluated here.
 */
class KustomizeRecordTests {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              labels: {app: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: a
                    image: app:1
                  - name: b
                    image: r.example.com/b:1
            """;
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: one}
            spec:
              containers:
              - {name: c, image: 'app:1'}
            """;

    @TempDir
    Path context;

    static Stream<Arguments> records() throws IOException {
        return RecordedCases.read("kustomizations.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void findsTheImagesThatKustomizeMakes(String id, String outcome, String files) throws IOException {
        RecordedCases.write(files, this::write);
        Files.writeString(
                context.resolve("Kubefile"),
                "FROM scratch\nCOPY manifests manifests\nCMD [\"kubectl apply -k manifests/app\"]\n");

        ImageInventory inventory = ImageScanner.builder().build().scan(context);

        List<String> said = new ArrayList<>();
        inventory.problems().forEach(it -> said.add(it.toString()));
        if (outcome.equals("refused") || outcome.equals("gap")) {
            assertThat(said).as(id).anyMatch(it -> it.startsWith("manifests/"));
        } else {
            assertThat(inventory.gaps()).as(id).isEmpty();
            assertThat(inventory.references().stream().map(ImageReference::toString))
                    .as(id)
                    .containsExactlyElementsOf(outcome.equals("nothing") ? List.of() : List.of(outcome.split(" ", -1)));
        }
    }

    private void write(String[] name, String text) throws IOException {
        Path file = context.resolve(name[0]);
        Files.createDirectories(file.getParent());
        String option = name.length > 1 ? name[1] : "";
        if (option.startsWith("link=")) {
            Files.createSymbolicLink(file, Path.of(option.substring(5)));
            return;
        }
        String whole = text.replaceAll("(?m)^@D\n", DEPLOYMENT).replaceAll("(?m)^@P\n", POD);
        whole = option.equals("crlf") ? whole.replace("\n", "\r\n") : option.equals("bom") ? "\ufeff" + whole : whole;
        Files.writeString(file, whole);
    }
}
