package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.images.RenderedTemplate;
import io.sealos.images.WhatIfLimits;
import io.sealos.layout.LayoutValidator;
import io.sealos.oci.internal.build.CreatedTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildPlanTests {
    @TempDir
    private Path directory;

    private Path context;

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ClusterImageBuilder image() {
        return ClusterImage.builder()
                .context(context)
                .fileModes(FileModes.NORMALIZED)
                .created(Instant.ofEpochSecond(1_700_000_000));
    }

    @Test
    void findingsWhenModesAreNormalizedDoNotDependOnThoseOfTheDisk() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"ls\"]\n");
        write("etc/secret", "x");
        Files.setPosixFilePermissions(context.resolve("etc/secret"), PosixFilePermissions.fromString("rw-------"));

        assertThat(image().fileModes(FileModes.AS_FOUND).build().plan().findings())
                .extracting(it -> it.path() + " " + it.ruleId())
                .containsExactly("etc mode-lost");
        assertThat(image().build().plan().findings()).isEmpty();
        assertThat(image().validator(
                                LayoutValidator.builder().disable("mode-lost").build())
                        .build()
                        .plan()
                        .findings())
                .isEmpty();
    }

    @Test
    void previewsTemplatesWhenTheSiteSetsVariables() throws IOException {
        write("Kubefile", "FROM scratch\nENV PORT=80 NAME=web\nCOPY etc etc\nCOPY scripts scripts\n");
        write("etc/a.conf.tmpl", "listen {{ .PORT }}\r\nname {{ .NAME }} {{ .ZONE }}\r\n");
        write("scripts/b.sh.tmpl", "echo {{ .PORT }}\n{{ .NAME.x }}\n");
        BuildPlan plan = image().build().plan();

        List<RenderedTemplate> preview = plan.preview(Map.of("PORT", "8080"));

        assertThat(preview).hasSize(2);
        assertThat(preview.get(0).path()).isEqualTo("etc/a.conf");
        assertThat(preview.get(0).text()).contains("listen 8080\r\nname web <no value>\r\n");
        assertThat(preview.get(1))
                .hasToString("scripts/b.sh.tmpl:2: at <.NAME.x>: can't evaluate field x in type interface {}");
        assertThat(plan.preview(Map.of("ZONE", "a")).get(0).text()).contains("listen 80\r\nname web a\r\n");
        assertThat(plan).isEqualTo(image().build().plan());
    }

    @Test
    void planWhenNothingHasToBeUnpackedMakesNoTemporaryDirectory() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY a /a\nADD a /b\n");
        write("a", "1");
        String usual = System.getProperty("java.io.tmpdir");
        Path unused = directory.resolve("unused");
        System.setProperty("java.io.tmpdir", unused.toString());
        try {
            assertThat(image().build().plan().toJson()).contains("/b");
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
        assertThat(unused).doesNotExist();
    }

    @Test
    void toTextWhenBuildHasGapsAndFindingsShowsAllOfIt() throws IOException {
        write("Kubefile", """
                FROM scratch
                COPY manifests /m
                COPY registry /registry
                CMD ["kubectl apply -f /m && kubectl apply -f https://x.org/a.yaml"]
                """);
        write("manifests/a.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: nginx:1.25}]}\n");

        assertThat(image().tag("app:1").build().plan().toText()).isEqualTo("""
                Image app:1, created 2023-11-14T22:13:20Z

                Layers for linux/amd64:
                  Kubefile:2: COPY manifests /m: 2 entries, 76 B
                  Kubefile:3: COPY registry /registry: 0 entries, 0 B, and the saved images

                Images that the application runs:
                  docker.io/library/nginx:1.25
                    manifests/a.yaml:3

                Gaps, where images may be missing:
                  Kubefile:4: the manifest is at the address https://x.org/a.yaml, so its images are not known; download it \
                into the context directory and use that file, or list its images in a file of images/shim

                Findings:
                  Kubefile:4:6: warning: the command fetches https://x.org/a.yaml, and a site without a network cannot; \
                fetch it before the build, put it into the directory, and name it by its path there \
                [command-needs-network]
                """);
    }

    private void writeChartWithASwitchAndARepository() throws IOException {
        write("Kubefile", """
                FROM scratch
                COPY . .
                CMD ["helm install app charts/app", "kubectl apply -f manifests"]
                """);
        write("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 0.1.0\n");
        write("charts/app/values.yaml", "redis:\n  enabled: false\n");
        write("charts/app/templates/app.yaml", """
                {{- if .Values.redis.enabled }}
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                spec: {containers: [{name: a, image: "redis:7.2"}]}
                {{- end }}
                """);
        write("manifests/repository.yaml", """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: web}
                spec: {url: https://git.example.com/web, ref: {tag: v1}}
                """);
    }

    @Test
    void toTextAndToJsonWhenValuesWereTriedAndControllersFetchShowBoth() throws IOException {
        writeChartWithASwitchAndARepository();
        ImageScanner scanner =
                ImageScanner.builder().whatIf(WhatIfLimits.defaults()).build();
        BuildPlan plan = image().scanner(scanner).build().plan();

        assertThat(plan.toText()).contains("""

                        Images that other values of charts would need:
                          charts/app/values.yaml:2: --set redis.enabled=true would add
                            docker.io/library/redis:7.2
                        """, """

                        What controllers fetch at the site:
                          manifests/repository.yaml:1: GitRepository web: https://git.example.com/web v1; mirror the""");
        JsonNode json = new ObjectMapper().readTree(plan.toJson());
        assertThat(json.at("/whatIf/switches/0/images/0").asText()).isEqualTo("docker.io/library/redis:7.2");
        assertThat(json.at("/whatIf/switches/0/argument").asText()).isEqualTo("redis.enabled=true");
        assertThat(json.at("/siteNeeds/0/address").asText()).isEqualTo("https://git.example.com/web");
    }

    @Test
    void toJsonWhenBuildIsRichShowsAllOfIt() throws IOException {
        write("Kubefile", """
                FROM scratch AS files
                COPY manifests /m
                FROM scratch
                LABEL sealos.io.type=application
                ENV A=1
                WORKDIR /apps
                COPY --from=files --chown=1:2 /m/list.yaml list.yaml
                COPY registry /registry
                CMD ["cat list.yaml"]
                """);
        write("manifests/list.yaml", "kind: List\nitems: []\n");
        write("images/shim/list", "nginx:1.25\n");

        String json = image().tag("app:1")
                .platform("linux/arm64")
                .annotation("b", "2")
                .annotation("a", "1")
                .build()
                .plan()
                .toJson();

        assertThat(json).isEqualTo(resource("build-plan.json"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream resource = Objects.requireNonNull(BuildPlanTests.class.getResourceAsStream(name), name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void planWhenFilesAreCopiedListsThem() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY bin opt/\nCOPY registry registry\n");
        write("bin/tool", "12345");
        write("registry/here", "1");
        Files.setPosixFilePermissions(context.resolve("bin/tool"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(context.resolve("bin/link"), Path.of("tool"));
        write("images/shim/list", "nginx:1.25\n");

        BuildPlan plan =
                image().platform("linux/amd64").platform("linux/arm64").build().plan();

        assertThat(plan.platformPlans()).map(PlatformPlan::toString).containsExactly("linux/amd64", "linux/arm64");
        PlannedLayer files = plan.layers().get(0);
        assertThat(files.instruction()).isEqualTo("Kubefile:2: COPY bin opt/");
        assertThat(files.files())
                .map(PlannedFile::toString)
                .containsExactly("0755 0:0 /opt", "0777 0:0 /opt/link -> tool", "0755 0:0 /opt/tool");
        assertThat(files.size()).isEqualTo(5);
        assertThat(files.hasSavedImages()).isFalse();
        PlannedLayer registry = plan.layers().get(1);
        assertThat(registry.hasSavedImages()).isTrue();
        assertThat(registry.size()).isEqualTo(1);
        assertThat(registry.files()).map(PlannedFile::path).contains("/registry/here");
        ImageReference nginx = ImageReference.parse("nginx:1.25");
        assertThat(plan.images()).containsExactly(nginx);
        assertThat(plan.askedAt(nginx)).containsExactly("images/shim/list:1");
        assertThat(plan.askedAt(ImageReference.parse("other"))).isEmpty();
    }

    @Test
    void toJsonWhenThereAreFindingsAndProblemsHasThem() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY manifests /\nCMD [\"run\"]\n");
        write("manifests/bad.yaml", "a: [\n");
        write("images/shim/list", "nginx:1.25\n");

        BuildPlan plan = image().build().plan();

        assertThat(plan.toJson()).endsWith(resource("build-plan-findings.json"));
    }

    @Test
    void planWhenNothingIsSavedHasNoImages() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY images /\n");
        write("images/shim/list", "nginx:1.25\n");

        BuildPlan plan = image().saveImages(false).build().plan();

        assertThat(plan.images()).isEmpty();
        assertThat(plan.layers()).noneMatch(PlannedLayer::hasSavedImages);
    }

    @Test
    void planWhenFilesCannotBeReadDoesNotReadThem() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY sparse /\n");
        Path sparse = context.resolve("sparse");
        try (var file = Files.newByteChannel(sparse, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.position(1L << 40);
            file.write(ByteBuffer.wrap(new byte[1]));
        }

        assertThat(image().build().plan().layers().get(0).size()).isEqualTo((1L << 40) + 1);
    }

    @Test
    void tagWhenNameHasADigestIsRefused() {
        String name = "app@sha256:" + "0".repeat(64);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> image().tag(name))
                .withMessage(
                        "the image cannot be named '" + name + "': its digest follows from its content; name a tag");
    }

    @Test
    void annotationWhenNameIsEmptyIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> image().annotation(" ", "x"))
                .withMessage("an annotation has no name; its value is 'x'");
    }

    @Test
    void createdWhenTimeIsOutOfRangeIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> image().created(Instant.ofEpochSecond(-1)))
                .withMessage("an image cannot carry the time 1969-12-31T23:59:59Z; it has to be from 1970 to 9999");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> CreatedTime.parse("999999999999999"))
                .withMessage("SOURCE_DATE_EPOCH is '999999999999999'; it has to be a number of seconds since 1970");
    }
}
