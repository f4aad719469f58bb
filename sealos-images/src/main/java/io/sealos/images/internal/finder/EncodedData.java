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

/** The data of a Secret or the binary data of a ConfigMap, which are texts in Base64. */
final class EncodedData {
    private final YamlNode texts;
    private final String start;
    private final Map<String, YamlNode> values = new HashMap<>();

    private EncodedData(YamlNode data, YamlPath path) {
        this.start = path.toString();
        data.entries().forEach(it -> values.putIfAbsent(path.key(it.key()).toString(), it.value()));
        this.texts = data.withValues(it -> it.isString() ? it.withText(decoded(it.text())) : it);
    }

    /** {@return whether the mapping at a path is such data of its object} */
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

    /** {@return the decoded texts; a value that is not text is not changed} */
    YamlNode texts() {
        return texts;
    }

    /**
     * {@return an occurrence in a decoded text, at the start of the value, because the lines of the text are not lines
     * of the file}
     */
    Sighting placed(Sighting sighting) {
        YamlNode value = values.get(keyPath(sighting.path()));
        return value == null ? sighting : sighting.at(value.line(), value.column());
    }

    /** {@return the path of the value that contains a node} */
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
            // A value may be a picture, and the value of a template may not be Base64 yet.
            return text;
        }
    }
}
