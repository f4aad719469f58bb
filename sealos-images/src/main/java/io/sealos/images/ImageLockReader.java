package io.sealos.images;

import io.sealos.kubefile.Platform;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a lock. Everything that is not known to be valid is reported as an error with its place. */
final class ImageLockReader {
    static final int VERSION = 1;
    static final String ANEW = "write it anew from the result of a build";

    private static final String HOST = "sealos.hub:5000/";

    private static final CheckedJson.Format FORMAT =
            new CheckedJson.Format(VERSION, "a lock file", ANEW, ImageLockException::new);

    private final ImageLock.Builder lock = ImageLock.builder();
    private final Set<String> seen = new HashSet<>();

    private ImageLockReader() {}

    static ImageLock read(String source, String text) {
        ImageLockReader reader = new ImageLockReader();
        CheckedJson root = CheckedJson.root(FORMAT, source, text);
        root.objects("images", reader::image);
        if (root.has("blobs")) {
            root.objects("blobs", reader::blobs);
        }
        return reader.lock.build();
    }

    private ImageReference image(CheckedJson image) {
        ImageReference reference =
                image.value("reference", ImageReference::parse).withDefaultTag();
        Digest digest = image.value("digest", Digest::parse);
        List<String> why = image.texts("why");
        List<Platform> platforms = image.values("platforms", Platform::parse);
        if (platforms.isEmpty()) {
            throw image.fault("platforms", "it is empty", "name a platform, such as linux/amd64");
        }
        platforms.forEach(platform -> add(image, reference, digest, platform, why));
        return reference;
    }

    private String blobs(CheckedJson part) {
        Platform platform = part.value("platform", Platform::parse);
        String repository = part.value("repository", ImageLockReader::repository);
        List<Digest> digests = part.values("digests", Digest::parse);
        try {
            lock.addBlobs(platform, repository, digests);
        } catch (IllegalArgumentException e) {
            throw part.fault("", String.valueOf(e.getMessage()), "remove one of them");
        }
        return repository;
    }

    private static String repository(String name) {
        if (!isRepository(name)) {
            throw new IllegalArgumentException("it is not the name of a repository");
        }
        return name;
    }

    private static boolean isRepository(String name) {
        try {
            ImageReference reference = ImageReference.parse(HOST + name);
            return reference.name().equals(HOST + name) && reference.toString().equals(HOST + name);
        } catch (ImageReferenceException e) {
            return false;
        }
    }

    private void add(CheckedJson image, ImageReference reference, Digest digest, Platform platform, List<String> why) {
        if (!seen.add(reference + " " + platform)) {
            throw image.fault("", reference + " is locked twice for " + platform, "remove one of them");
        }
        try {
            lock.add(reference, digest, platform, why);
        } catch (IllegalArgumentException e) {
            throw image.fault("digest", String.valueOf(e.getMessage()), "undo the edit, or " + ANEW);
        }
    }
}
