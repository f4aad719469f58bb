package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of layouts and archives that a terminal would obey, or that fill it, reach no message as they are. */
class ControlCharacterTests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVIL = "x\u001b[31m\n\u202e\0" + "y".repeat(20_000);

    @TempDir
    private Path directory;

    private final List<String> raw = new ArrayList<>();
    private int looked;
    private int made;
    private HandMadeLayout layout;

    @BeforeEach
    void makeLayout() throws IOException {
        layout = new HandMadeLayout(directory.resolve("layout"));
    }

    private void look(String place, String message) {
        looked++;
        for (String line : message.split("\n", -1)) {
            if (line.length() > 5_000
                    || line.indexOf('\u001b') >= 0
                    || line.indexOf('\u202e') >= 0
                    || line.contains("\0")) {
                raw.add(Printable.of(place + ": " + line));
            }
        }
    }

    private void look(String place, Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            look(place + " " + at.getClass().getSimpleName(), String.valueOf(at.getMessage()));
            for (Throwable suppressed : at.getSuppressed()) {
                look(place, suppressed);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(String place, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            look(place, e);
        }
    }

    /** Everything that reads a layout. */
    private void read(String place, ImageSource source) {
        run(place + ", inspected", () -> ClusterImage.inspect(source).problems().forEach(it -> look(place, it)));
        run(
                place + ", inspected for a platform",
                () -> ClusterImage.inspect(source, ImageChoice.any().platform("linux/arm64"))
                        .problems());
        run(
                place + ", inspected by tag",
                () -> ClusterImage.inspect(source, ImageChoice.any().tag("a.io/b:1"))
                        .problems());
        run(place + ", as a base", () -> build("FROM a.io/b:1\nCOPY a /\n", it -> it.baseImage("a.io/b:1", source)));
        run(
                place + ", copied from",
                () -> build("FROM scratch\nCOPY --from=a.io/b:1 / /\n", it -> it.baseImage("a.io/b:1", source)));
        run(place + ", saved", () -> build("FROM scratch\nCOPY . /\n", it -> it.image("a.io/b:1", source)));
    }

    private void build(String kubefile, Consumer<ClusterImageBuilder> settings) throws IOException {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(context.resolve("images/shim/list"), "a.io/b:1\n");
        Files.writeString(context.resolve("a"), "a");
        Files.writeString(context.resolve("Kubefile"), kubefile);
        ClusterImageBuilder builder = ClusterImage.builder()
                .context(context)
                .offline(true)
                .contentStore(directory.resolve("store" + made))
                .listener(event -> look("event", event.toString()));
        settings.accept(builder);
        BuildResult result = builder.build().writeTo(OciLayout.directory(directory.resolve("out" + made++)));
        result.notices().forEach(it -> look("notice", it.toString()));
    }

    /** Each text and each name of a document, made evil in turn. */
    private static List<String> evil(String document) throws IOException {
        List<String> all = new ArrayList<>();
        for (int number = 0; true; number++) {
            JsonNode tree = JSON.readTree(document);
            int[] left = {number};
            spoil(tree, left);
            if (left[0] >= 0) {
                return all;
            }
            all.add(JSON.writeValueAsString(tree));
        }
    }

    private static void spoil(JsonNode node, int[] left) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (left[0]-- == 0) {
                    object.set(EVIL, object.remove(name));
                    return;
                }
                if (object.get(name).isValueNode() && left[0]-- == 0) {
                    object.put(name, EVIL);
                    return;
                }
                spoil(object.get(name), left);
            }
        } else if (node instanceof ArrayNode array) {
            for (int at = 0; at < array.size(); at++) {
                if (array.get(at).isValueNode() && left[0]-- == 0) {
                    array.set(at, JSON.getNodeFactory().textNode(EVIL));
                    return;
                }
                spoil(array.get(at), left);
            }
        }
    }

    private static final String CONFIG = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"variant\":\"v1\",\"created\":"
            + "\"2020-01-01T00:00:00Z\",\"config\":{\"Env\":[\"A=b\"],\"Cmd\":[\"echo\"],\"Labels\":{\"a\":\"b\"},"
            + "\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":{\"/v\":{}},\"WorkingDir\":\"/\",\"User\":\"0\"},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"DIFF\"]},\"history\":[{\"created_by\":\"COPY\"}]}";

    private String manifest(String config, String layer) throws IOException {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + layout.store(MediaTypes.OCI_CONFIG, config) + ",\"layers\":[" + layer
                + "],\"annotations\":{\"a\":\"b\"}}";
    }

    @Test
    void messagesWhenDocumentsHaveControlCharactersEscapeThem() throws IOException {
        byte[] tar = HandMadeLayout.tar("a");
        String config = CONFIG.replace("DIFF", Digests.sha256(tar).toString());
        String manifest = manifest(config, layout.store(MediaTypes.OCI_LAYER, tar));
        String named = layout.store(MediaTypes.OCI_MANIFEST, manifest)
                .replaceFirst(
                        "}$",
                        ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\",\"variant\":\"v1\"},\"annotations\":"
                                + "{\"org.opencontainers.image.ref.name\":\"a.io/b:1\"}}");
        layout.index(named);
        String index = Files.readString(layout.directory().resolve("index.json"));
        for (String one : evil(index)) {
            Files.writeString(layout.directory().resolve("index.json"), one);
            readLayout("index " + one.indexOf("[31m"));
        }
        for (String one : evil(manifest)) {
            layout.index(layout.store(MediaTypes.OCI_MANIFEST, one));
            readLayout("manifest " + one.indexOf("[31m"));
        }
        for (String one : evil(config)) {
            layout.index(layout.store(MediaTypes.OCI_MANIFEST, manifest(one, layout.store(MediaTypes.OCI_LAYER, tar))));
            readLayout("config " + one.indexOf("[31m"));
        }
        assertThat(raw).isEmpty();
        assertThat(looked).isGreaterThan(500);
    }

    private void readLayout(String place) throws IOException {
        look(place + ", verified", OciLayoutVerifier.verify(layout.directory()).toString());
        run(
                place + ", verified",
                () -> OciLayoutVerifier.verify(layout.directory()).orThrow());
        read(place, OciLayout.directory(layout.directory()));
    }

    @Test
    void messagesWhenArchivesHaveControlCharactersEscapeThem() throws IOException {
        String evil = "x\u001b[31m\u202e";
        for (String name :
                List.of(evil, "../" + evil, "/" + evil, evil + "/../../a", ".wh." + evil, evil + "/.wh..wh.a")) {
            byte[] tar = HandMadeLayout.tar(name, name, name + "/below");
            layout.index(layout.image(tar));
            readLayout("layer of " + name.length());
            byte[] broken = tar.clone();
            broken[120] ^= 1;
            layout.index(layout.image(broken));
            readLayout("broken layer of " + name.length());
            byte[] noNumber = tar.clone();
            Arrays.fill(noNumber, 148, 156, (byte) '\u001b');
            layout.index(layout.image(noNumber));
            readLayout("layer without a checksum of " + name.length());
            for (byte[] archive : List.of(tar, broken, noNumber)) {
                Files.createDirectories(directory.resolve("context"));
                Files.write(directory.resolve("context/" + evil + ".tar"), archive);
                run("added", () -> build("FROM scratch\nADD *.tar /x/\n", it -> {}));
            }
        }
        assertThat(raw).isEmpty();
        assertThat(looked).isGreaterThan(50);
    }

    @Test
    void messagesWhenDockerArchivesHaveControlCharactersEscapeThem() throws IOException {
        String document = "[{\"Config\":\"c.json\",\"RepoTags\":[\"a.io/b:1\"],\"Layers\":[\"l.tar\"]}]";
        List<String> documents = new ArrayList<>(evil(document));
        documents.add(document);
        byte[] tar = HandMadeLayout.tar("a");
        for (String one : documents) {
            Path docker = Files.createTempDirectory(directory, "docker");
            Files.writeString(docker.resolve("manifest.json"), one);
            Files.writeString(
                    docker.resolve("c.json"),
                    CONFIG.replace("DIFF", Digests.sha256(tar).toString()),
                    StandardCharsets.UTF_8);
            Files.write(docker.resolve("l.tar"), tar);
            read(
                    "docker " + one.indexOf("[31m"),
                    DockerArchive.file(new HandMadeLayout(docker).archive(directory.resolve("d.tar"))));
        }
        assertThat(raw).isEmpty();
        assertThat(looked).isGreaterThan(20);
    }
}
