package io.sealos.images.internal.finder;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of an image for which a key stands, according to its last words. */
enum ImagePart {
    REGISTRY,
    REPOSITORY,
    /** The name, with or without registry and tag. */
    IMAGE,
    TAG,
    /** The version, which is the tag if there is no other. */
    VERSION,
    DIGEST;

    private static final String IMAGE_WORD = "image";
    private static final Map<String, ImagePart> WORDS = Map.of(
            "registry", REGISTRY,
            "hub", REGISTRY,
            "repository", REPOSITORY,
            "repo", REPOSITORY,
            "tag", TAG,
            "version", VERSION,
            "digest", DIGEST,
            "sha", DIGEST,
            "sha256", DIGEST);

    /**
     * A key that stands for a part of an image.
     *
     * @param part the part
     * @param stem the words before the part, which identify the image; empty if there are none
     * @param ofImage whether the key mentions an image
     */
    record Key(ImagePart part, String stem, boolean ofImage) {
        /** {@return the part for which a key stands, or null if there is none} */
        static @Nullable Key of(String name) {
            List<String> words = KeyWords.of(name);
            int last = words.size() - 1;
            if (last < 0) {
                return null;
            }
            if (words.get(last).equals(IMAGE_WORD)) {
                return new Key(IMAGE, stem(words, last), true);
            }
            boolean ofImage = last > 0 && words.get(last - 1).equals(IMAGE_WORD);
            if (ofImage && words.get(last).equals("name")) {
                return new Key(IMAGE, stem(words, last - 1), true);
            }
            ImagePart part = WORDS.get(words.get(last));
            return part == null ? null : new Key(part, stem(words, ofImage ? last - 1 : last), ofImage);
        }

        private static String stem(List<String> words, int end) {
            return String.join(".", words.subList(0, end));
        }
    }

    /** {@return whether a lower-case word stands for a part} */
    static boolean isWord(String word) {
        return WORDS.containsKey(word) || word.equals("name");
    }
}
