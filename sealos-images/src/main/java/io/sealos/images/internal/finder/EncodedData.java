package io.sealos.images.internal.finder;

import io.sealos.images.internal.yaml.YamlNode;
import io.sealos.images.internal.yaml.YamlPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data of a Secret, and the binary data of a ConfigMap, which are texts in Base64. */
final class EncodedData {
    private final YamlNode texts;
    private final String start;
    private final Map<String, YamlNode> values = new HashMap<>();

    private EncodedData(YamlNode data, YamlPath path) {
        this.start = path.toString();
        data.entries().forEach(it -> values.putIfAbsent(path.key(it.key()).toString(), it.value()));
        this.texts = data.withValues(it -> it.isString() ? it.withText(decoded(it.text())) : it);
    }

    /** Whether a mapping with a way to it is such data of the object it is in. */
    static boolean isOne(YamlPath path, @Nullable VisitedMapping parent, ManifestObject object) {
        boolean ofObject = object.kind() == ObjectKind.CONFIG && parent != null && parent.path() == object.start();
        String key = path.lastKey();
        return ofObject
                && (key.equals("binaryData")
                        || (key.equals("data") && object.name().equals("Secret")));
    }

    static EncodedData of(YamlNode data, YamlPath path) {
        return new EncodedData(data, path);
    }

    /** The texts that the values stand for; what is no text stays as it is written. */
    YamlNode texts() {
        return texts;
    }

    /** A sighting in a text, at the start of the value: the lines of the text are none of the file. */
    Sighting placed(Sighting sighting) {
        YamlNode value = values.get(keyPath(sighting.path()));
        return value == null ? sighting : sighting.at(value.line(), value.column());
    }

    /** The way to the value in which a node is. */
    private String keyPath(String path) {
        if (path.startsWith("['", start.length())) {
            return path.substring(0, path.indexOf("']", start.length()) + 2);
        }
        int end = Math.min(start.length() + 1, path.length());
        while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        return path.substring(0, end);
    }

    private static String decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replaceAll("[\\r\\n ]", ""));
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return decoded.indexOf('\0') < 0 ? decoded : text;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // A value may be a picture, and one of a template is no Base64 yet.
            return text;
        }
    }
}
