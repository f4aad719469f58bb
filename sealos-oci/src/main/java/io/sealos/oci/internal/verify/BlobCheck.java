package io.sealos.oci.internal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.read.InterruptibleInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares blobs with the descriptors that point to them. Each blob is read once. */
final class BlobCheck {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

    private final Path layout;
    private final Findings findings;
    private final Set<String> sound = new TreeSet<>();
    private final Set<String> read = new TreeSet<>();

    BlobCheck(Path layout, Findings findings) {
        this.layout = layout;
        this.findings = findings;
    }

    /** {@return the blob of a descriptor; null if it is missing or does not match} */
    @Nullable
    Path sound(JsonNode descriptor, String place) {
        String digest = descriptor.path("digest").asText("");
        if (DIGEST.matcher(digest).matches()
                && descriptor.path("mediaType").asText("").isEmpty()) {
            findings.mismatch(place, "the descriptor of " + digest + " has no media type");
        }
        return sound(digest, place, blob -> hasSize(descriptor, digest, blob, place));
    }

    /** {@return the blob with a digest; null if it is missing or does not match} */
    @Nullable
    Path sound(String digest, String place) {
        return sound(digest, place, blob -> true);
    }

    /** Checks a file that exists. */
    private interface FileCheck {
        boolean test(Path file) throws IOException;
    }

    private @Nullable Path sound(String digest, String place, FileCheck size) {
        if (!DIGEST.matcher(digest).matches()) {
            findings.mismatch(place, "the descriptor has no digest but '" + digest + "'");
            return null;
        }
        Path blob = layout.resolve("blobs").resolve(digest.replace(':', '/'));
        try {
            boolean sound = isFile(blob, "blob " + digest, place) && size.test(blob) && hasDigest(digest, blob, place);
            return sound ? blob : null;
        } catch (IOException e) {
            findings.mismatch(place, "blob " + digest + " cannot be read: " + e.getMessage());
            return null;
        }
    }

    private boolean hasSize(JsonNode descriptor, String digest, Path blob, String place) throws IOException {
        JsonNode size = descriptor.path("size");
        if (!size.isIntegralNumber() || size.asLong() != Files.size(blob)) {
            findings.mismatch(
                    place,
                    "blob " + digest + " has " + Files.size(blob) + " bytes, the descriptor says "
                            + size.asText("nothing"));
            return false;
        }
        return true;
    }

    private boolean hasDigest(String digest, Path blob, String place) throws IOException {
        if (read.add(digest)) {
            findings.countBlob(Files.size(blob));
            String found = digestOf(blob, digest.substring(0, digest.indexOf(':')));
            if (found.equals(digest)) {
                sound.add(digest);
            } else {
                findings.mismatch(place, "blob " + digest + " has the digest " + found);
            }
        }
        return sound.contains(digest);
    }

    private static String digestOf(Path blob, String algorithm) throws IOException {
        MessageDigest hash = messageDigest(algorithm);
        try (InputStream in = new InterruptibleInput(Files.newInputStream(blob))) {
            byte[] buffer = new byte[1 << 18];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
            }
        }
        return algorithm + ":" + HexFormat.of().formatHex(hash.digest());
    }

    static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and SHA-512", e);
        }
    }

    /** {@return whether the layout has such a file} Links that lead out of the layout are not followed. */
    boolean isFile(Path file, String what, String place) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            findings.mismatch(place, what + " is missing");
            return false;
        }
        if (!Files.isRegularFile(file)) {
            findings.mismatch(place, what + " is not a regular file");
            return false;
        }
        if (!file.toRealPath().startsWith(layout.toRealPath())) {
            findings.mismatch(place, what + " is a link that leads out of the layout");
            return false;
        }
        return true;
    }

    /** {@return the document in a file; null if it is not a JSON object} */
    @Nullable
    JsonNode document(Path file, String place) {
        try (InputStream content = Files.newInputStream(file)) {
            return Documents.object(Documents.bytes(content));
        } catch (IOException e) {
            findings.mismatch(place, String.valueOf(e.getMessage()));
            return null;
        }
    }

    void noteUnreferenced() {
        Path blobs = layout.resolve("blobs");
        try (Stream<Path> files = Files.walk(blobs)) {
            files.filter(Files::isRegularFile).sorted().forEach(this::noteUnread);
        } catch (IOException e) {
            findings.mismatch("blobs", "cannot be listed: " + e.getMessage());
        }
    }

    private void noteUnread(Path file) {
        String name = layout.resolve("blobs").relativize(file).toString().replace('\\', '/');
        if (!read.contains(name.replace('/', ':'))) {
            findings.note("blobs/" + name, "nothing points to this file");
        }
    }
}
