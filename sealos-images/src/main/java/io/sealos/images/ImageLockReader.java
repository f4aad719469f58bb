package io.sealos.images;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealos.kubefile.Platform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a lock. Everything that is not known to be valid is reported as an error with its place. */
final class ImageLockReader {
    static final int VERSION = 1;
    static final String ANEW = "write it anew from the result of a build";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final String source;
    private final ImageLock.Builder lock = ImageLock.builder();
    private final Set<String> seen = new HashSet<>();

    private ImageLockReader(String source) {
        this.source = source;
    }

    static ImageLock read(String source, String text) {
        return new ImageLockReader(source).read(text);
    }

    private ImageLock read(String text) {
        JsonNode root = tree(text);
        if (!root.path("version").isInt()) {
            throw new ImageLockException(source, "it is not a lock file, because it has no version", ANEW);
        }
        int version = root.path("version").asInt();
        if (version != VERSION) {
            throw bad(
                    "version",
                    "it is " + version + ", and only " + VERSION + " is known",
                    "read it with the release" + " of this library that wrote it, or " + ANEW);
        }
        JsonNode images = array(root, "images", "images");
        for (int i = 0; i < images.size(); i++) {
            image(images.get(i), "images[" + i + "]");
        }
        return lock.build();
    }

    private JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? source : source + ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw new ImageLockException(place, "it is not JSON", "undo the edit, or " + ANEW);
        }
    }

    private void image(JsonNode image, String place) {
        ImageReference reference = reference(image, place + ".reference");
        Digest digest = digest(image, place + ".digest");
        List<String> why = texts(image, "why", place);
        List<String> platforms = texts(image, "platforms", place);
        if (platforms.isEmpty()) {
            throw bad(place + ".platforms", "it is empty", "name a platform, such as linux/amd64");
        }
        for (int i = 0; i < platforms.size(); i++) {
            add(reference, digest, platform(platforms.get(i), place + ".platforms[" + i + "]"), why, place);
        }
    }

    private void add(ImageReference reference, Digest digest, Platform platform, List<String> why, String place) {
        if (!seen.add(reference + " " + platform)) {
            throw bad(place, reference + " is locked twice for " + platform, "remove one of them");
        }
        try {
            lock.add(reference, digest, platform, why);
        } catch (IllegalArgumentException e) {
            throw bad(place + ".digest", String.valueOf(e.getMessage()), "undo the edit, or " + ANEW);
        }
    }

    private ImageReference reference(JsonNode image, String place) {
        try {
            return ImageReference.parse(text(image.path("reference"), place)).withDefaultTag();
        } catch (ImageReferenceException e) {
            throw bad(place, String.valueOf(e.getMessage()), "undo the edit, or " + ANEW);
        }
    }

    private Digest digest(JsonNode image, String place) {
        String text = text(image.path("digest"), place);
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad(place, String.valueOf(e.getMessage()), "undo the edit, or " + ANEW);
        }
    }

    private Platform platform(String text, String place) {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad(place, String.valueOf(e.getMessage()), "undo the edit, or " + ANEW);
        }
    }

    private List<String> texts(JsonNode image, String name, String place) {
        JsonNode array = array(image, name, place + "." + name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            texts.add(text(array.get(i), place + "." + name + "[" + i + "]"));
        }
        return texts;
    }

    private JsonNode array(JsonNode object, String name, String place) {
        JsonNode array = object.path(name);
        if (!array.isArray()) {
            throw bad(place, "there is no array", ANEW);
        }
        return array;
    }

    private String text(JsonNode value, String place) {
        if (!value.isTextual()) {
            throw bad(place, "there is no text", ANEW);
        }
        return value.asText();
    }

    private ImageLockException bad(String place, String problem, String fix) {
        return new ImageLockException(source + ": " + place, problem, fix);
    }
}
