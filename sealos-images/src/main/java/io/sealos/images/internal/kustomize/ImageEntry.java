package io.sealos.images.internal.kustomize;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sealos.images.internal.yaml.YamlNode;

/**
 * An entry of {@code images:}. Its name is a regular expression for the image without tag and digest, which is inserted
 * unchanged into a larger one. A new tag or digest replaces both, and a new name alone keeps them.
 */
final class ImageEntry {
    private final YamlNode entry;
    private final Pattern pattern;

    private ImageEntry(YamlNode entry, Pattern pattern) {
        this.entry = entry;
        this.pattern = pattern;
    }

    static ImageEntry of(YamlNode entry) throws KustomizeException {
        String name = entry.textOf("name");
        try {
            return new ImageEntry(
                    entry, Pattern.compile("^" + name + "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$"));
        } catch (PatternSyntaxException e) {
            throw new KustomizeException(
                    entry.line(), "has an image whose name is not a valid expression: " + e.getDescription());
        }
    }

    /** {@return the image of a container after applying this entry} */
    YamlNode apply(YamlNode image) throws KustomizeException {
        if (!image.isScalar()) {
            throw new KustomizeException(image.line(), "has an image that is not text");
        }
        if (!pattern.matcher(image.text()).find()) {
            return image;
        }
        String changed = changed(image.text());
        return changed.equals(image.text()) ? image : entry.withText(changed).replacing(image);
    }

    private String changed(String image) {
        String newTag = entry.textOf("newTag");
        String newDigest = entry.textOf("digest");
        String suffix = entry.textOf("tagSuffix");
        int at = image.indexOf('@');
        String named = at < 0 ? image : image.substring(0, at);
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        String tag = colon < 0 ? "" : named.substring(colon + 1);
        String digest = at < 0 ? "" : image.substring(at + 1);
        if (!newTag.isEmpty() || !newDigest.isEmpty()) {
            tag = newTag;
            digest = newDigest;
        } else if (!suffix.isEmpty()) {
            tag += suffix;
            digest = "";
        }
        String name = entry.textOf("newName");
        String base = name.isEmpty() ? (colon < 0 ? named : named.substring(0, colon)) : name;
        return base + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }
}
