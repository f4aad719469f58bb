package io.sealos.oci.internal.delta;

import io.sealos.images.Digest;
import io.sealos.internal.text.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The blobs that a delta image leaves out, because the site has them, and the manifests that are complete at the site
 * when its images have arrived. The guard of the image reads them from a file, of which each line has a kind, a
 * repository, a digest and a size.
 *
 * @param bases the names and digests of the bases
 * @param blobs the blobs that were left out, for each repository, sorted
 * @param manifests the manifests to which tags point, sorted
 */
public record DeltaNeeds(List<String> bases, List<Need> blobs, List<Need> manifests) {
    /** The size in bytes of the largest file that is read. */
    private static final int MAX_BYTES = 128 << 20;

    private static final String BASE = "base";
    private static final String BLOB = "blob";
    private static final String MANIFEST = "manifest";

    public DeltaNeeds {
        bases = List.copyOf(bases);
        blobs = blobs.stream().sorted().toList();
        manifests = manifests.stream().sorted().toList();
    }

    /** {@return the digests of the blobs that were left out} */
    public Set<Digest> digests() {
        Set<Digest> digests = new TreeSet<>();
        blobs.forEach(need -> digests.add(need.digest()));
        return digests;
    }

    /** {@return the content of the file} */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder();
        bases.forEach(base -> text.append(BASE + " ").append(base).append('\n'));
        blobs.forEach(need -> append(text, BLOB, need));
        manifests.forEach(need -> append(text, MANIFEST, need));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, String kind, Need need) {
        text.append(kind + " " + need.repository() + " " + need.digest() + " " + need.size() + "\n");
    }

    /**
     * {@return the needs in a file of an image}
     *
     * @throws IOException if the file is not of this form; the message begins with a verb
     */
    public static DeltaNeeds read(InputStream content, long size) throws IOException {
        if (size > MAX_BYTES) {
            throw new IOException("is larger than " + MAX_BYTES + " bytes");
        }
        List<String> bases = new ArrayList<>();
        List<Need> blobs = new ArrayList<>();
        List<Need> manifests = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(BASE + " ")) {
                bases.add(Printable.of(line.substring(BASE.length() + 1)));
            } else {
                List<Need> needs = line.startsWith(BLOB + " ") ? blobs : manifests;
                needs.add(need(line));
            }
        }
        return new DeltaNeeds(bases, blobs, manifests);
    }

    private static Need need(String line) throws IOException {
        String[] words = line.split(" ", -1);
        try {
            if (words.length == 4 && (words[0].equals(BLOB) || words[0].equals(MANIFEST))) {
                return new Need(words[1], Digest.parse(words[2]), Math.max(0, Long.parseLong(words[3])));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("has a line of another form: " + Printable.of(line), e);
        }
        throw new IOException("has a line of another form: " + Printable.of(line));
    }
}
