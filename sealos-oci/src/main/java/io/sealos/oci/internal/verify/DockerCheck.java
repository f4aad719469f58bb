package io.sealos.oci.internal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.internal.text.Count;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.read.StoredFiles.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Verifies a docker-archive, whose digests are those in the names of its configurations and its diffIDs. */
public final class DockerCheck {
    private static final Pattern NAMED = Pattern.compile("(?:blobs/sha256/)?([0-9a-f]{64})(?:\\.json)?");

    private final StoredFiles archive;
    private final Findings findings = new Findings();
    private final LayerQueue layers = new LayerQueue(findings);

    private DockerCheck(StoredFiles archive) {
        this.archive = archive;
    }

    /** {@return the report on an archive} */
    public static VerifiedFiles check(StoredFiles archive, Verification request) throws IOException {
        DockerCheck check = new DockerCheck(archive);
        JsonNode images = archive.dockerList();
        if (!images.isArray()) {
            check.findings.mismatch("manifest.json", "is not a list of images");
        }
        for (JsonNode image : images) {
            check.image(image);
        }
        check.layers.check(request.listener());
        return check.findings.report(request.source());
    }

    private void image(JsonNode image) throws InterruptedIOException {
        String name = image.path("Config").asText("");
        try {
            Optional<Stored> config = archive.find(name);
            if (config.isEmpty()) {
                findings.mismatch("manifest.json", "the configuration '" + name + "' is missing");
                return;
            }
            findings.countBlob(config.get().size());
            byte[] bytes = bytes(config.get());
            checkName(name, bytes);
            findings.countImage();
            layers(image.path("Layers"), Documents.object(bytes), "image " + name);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            findings.mismatch("configuration " + name, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] bytes(Stored file) throws IOException {
        try (InputStream content = file.open()) {
            return Documents.bytes(content);
        }
    }

    private void checkName(String name, byte[] config) {
        Matcher named = NAMED.matcher(name);
        String digest = Digests.sha256(config).hex();
        if (named.matches() && !named.group(1).equals(digest)) {
            findings.mismatch("configuration " + name, "has the digest sha256:" + digest);
        }
    }

    private void layers(JsonNode paths, JsonNode config, String place) throws IOException {
        JsonNode diffIds = config.path("rootfs").path("diff_ids");
        if (paths.size() != diffIds.size()) {
            findings.mismatch(
                    place,
                    "has " + Count.of(paths.size(), "layer") + ", but the configuration has "
                            + Count.of(diffIds.size(), "diffID"));
        }
        for (int i = 0; i < paths.size(); i++) {
            String here = place + ", layer " + (i + 1);
            String path = paths.get(i).asText("");
            Optional<Stored> layer = archive.find(path);
            if (layer.isEmpty()) {
                findings.mismatch(here, "the file '" + path + "' is missing");
                continue;
            }
            String diffId = diffIds.path(i).asText("");
            layers.add(
                    "layer " + path, layer.get(), new LayerUse(here, true, "", diffId.isEmpty() ? "nothing" : diffId));
        }
    }
}
