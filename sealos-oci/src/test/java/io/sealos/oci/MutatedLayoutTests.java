package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every byte of the documents of a layout, changed in several ways: it is noticed, or changes nothing but annotations
 * and white space.
 */
@Tag("endurance")
@Timeout(600)
class MutatedLayoutTests {
    /** The number of ways to change a byte; {@code -Dsealos.mutations=9} uses all of them. */
    private static final int WAYS = Integer.getInteger("sealos.mutations", 1);

    private static final String SURROUNDINGS = "0\"}, \0\u00ff";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> MEMBERS = Set.of(
            "imageLayoutVersion",
            "schemaVersion",
            "manifests",
            "mediaType",
            "digest",
            "size",
            "platform",
            "os",
            "architecture");

    @TempDir
    private Path directory;

    private Path layout;
    private String whole = "";
    private int noticed;
    private int harmless;
    private final List<String> missed = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(
                context.resolve("Kubefile"), "FROM scratch\nLABEL a=b\nENV A=b\nCOPY a /\nCMD [\"echo a\"]\n");
        Files.writeString(context.resolve("a"), "a");
        layout = directory.resolve("layout");
        ClusterImage.builder()
                .context(context)
                .tag("a/b:1")
                .platform("linux/amd64")
                .platform("linux/arm64")
                .saveImages(false)
                .build()
                .writeTo(OciLayout.directory(layout));
        whole = read().orElseThrow();
    }

    @Test
    void readWhenAByteOfTheIndexIsChangedNoticesIt() throws IOException {
        for (String name : List.of("index.json", "oci-layout")) {
            mutate(layout.resolve(name));
        }
        assertThat(missed).isEmpty();
        assertThat(noticed).isGreaterThan(harmless);
    }

    @Test
    void readWhenAByteOfADocumentIsChangedNoticesIt() throws IOException {
        for (Path document : documents()) {
            mutate(document);
        }
        assertThat(missed).isEmpty();
        assertThat(harmless).isZero();
    }

    /** With each digest and size made right again, as who writes layouts to mislead does. */
    @Test
    void readWhenAByteIsChangedAndDigestsFitAnswersWithAResultOrAReport() throws IOException {
        for (Path document : documents()) {
            byte[] original = Files.readAllBytes(document);
            for (int at = 0; at < original.length; at++) {
                for (int way = 0; way < WAYS; way++) {
                    readAlone(changed(original, at, way), document);
                }
            }
        }
        assertThat(noticed).isPositive();
        assertThat(missed).isEmpty();
    }

    private List<Path> documents() throws IOException {
        try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
            List<Path> documents = new ArrayList<>();
            for (Path blob : blobs.sorted().toList()) {
                String text = Files.readString(blob, StandardCharsets.ISO_8859_1);
                if (text.startsWith("{") && !text.contains("arm64\",\"os")) {
                    documents.add(blob);
                }
            }
            assertThat(documents).hasSizeGreaterThan(2);
            return documents;
        }
    }

    private static byte[] changed(byte[] original, int at, int way) {
        if (way == 1) {
            byte[] shorter = Arrays.copyOf(original, original.length - 1);
            System.arraycopy(original, at + 1, shorter, at, shorter.length - at);
            return shorter;
        }
        byte[] changed = original.clone();
        changed[at] = way < 3 ? (byte) (changed[at] ^ (way + 1)) : (byte) SURROUNDINGS.charAt(way - 3);
        return changed;
    }

    private void mutate(Path file) throws IOException {
        byte[] original = Files.readAllBytes(file);
        for (int at = 0; at < original.length; at++) {
            for (int way = 0; way < WAYS; way++) {
                byte[] changed = changed(original, at, way);
                if (!Arrays.equals(changed, original)) {
                    Files.write(file, changed);
                    look(original, changed, file.getFileName() + " at " + at + " by " + way);
                }
            }
        }
        Files.write(file, original);
    }

    private void look(byte[] original, byte[] changed, String place) throws IOException {
        boolean same = saysTheSame(original, changed);
        boolean valid = OciLayoutVerifier.verify(layout).isValid();
        if (valid && !same) {
            missed.add(place + ": " + new String(changed, StandardCharsets.UTF_8));
        }
        Optional<String> read = read();
        if (read.isPresent() && !read.get().equals(whole)) {
            missed.add(place + " reads " + read.get());
        }
        noticed += valid ? 0 : 1;
        harmless += valid ? 1 : 0;
    }

    /** The content of the image, or nothing if it cannot be read. */
    private Optional<String> read() {
        try {
            InspectedImage image = ClusterImage.inspect(
                    OciLayout.directory(layout), ImageChoice.any().platform("linux/amd64"));
            return Optional.of(image.id() + " " + image.env() + image.labels() + image.commands() + image.layers());
        } catch (IOException | ImageChoiceException e) {
            assertThat(e).message().hasSizeLessThan(5_000).doesNotContain("\0");
            return Optional.empty();
        }
    }

    private void readAlone(byte[] document, Path original) throws IOException {
        HandMadeLayout made = new HandMadeLayout(directory.resolve("made"));
        String type = Files.readString(original).replaceFirst("(?s).*?\"mediaType\":\"([^\"]+)\".*", "$1");
        Path blob = made.blob(Digests.sha256(document));
        if (type.startsWith("{")) {
            String config = made.store(MediaTypes.OCI_CONFIG, document);
            byte[] manifest =
                    ("{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[]}").getBytes(StandardCharsets.UTF_8);
            made.index(made.store(MediaTypes.OCI_MANIFEST, manifest));
        } else {
            made.index(made.store(type, document));
        }
        VerificationReport report = OciLayoutVerifier.verify(made.directory());
        try {
            ClusterImage.inspect(OciLayout.directory(made.directory())).problems();
        } catch (IOException | ImageChoiceException e) {
            noticed++;
        }
        assertThat(report.toString()).doesNotContain("\0");
        Files.delete(blob);
    }

    private static boolean saysTheSame(byte[] original, byte[] changed) {
        try {
            return meaning(original).equals(meaning(changed));
        } catch (IOException e) {
            return false;
        }
    }

    /** Without annotations and unknown members; the media type of the index itself may be left out. */
    private static JsonNode meaning(byte[] document) throws IOException {
        JsonNode tree = JSON.readTree(document);
        if (!(tree instanceof ObjectNode root)) {
            throw new IOException("there is no document");
        }
        if (!root.has("mediaType")) {
            root.put("mediaType", MediaTypes.OCI_INDEX);
        }
        keep(root);
        return root;
    }

    private static void keep(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.retain(MEMBERS);
        }
        node.forEach(MutatedLayoutTests::keep);
    }
}
