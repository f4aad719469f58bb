package io.sealos.images.internal.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON schema that nothing is fetched for. What it refers to outside itself is taken out, which only lets more values
 * pass. References to what lies in it under a name of its own become pointers, and those names go: whatever is left
 * refers to the document itself or to a draft of JSON Schema, which Helm brings. That holds for each object, schema or
 * not, since a pointer may lead to any.
 */
final class DetachedSchema {
    private static final String OWN = "file:///values.schema.json";
    private static final String OWN_DIRECTORY = "file:/";
    private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");
    private static final Pattern DRAFT = Pattern.compile("https?://json-schema\\.org/(?:schema|draft-0[467]/schema"
            + "|draft/2019-09/(?:schema|meta/(?:core|applicator|validation|meta-data|format|content))"
            + "|draft/2020-12/(?:schema|meta/(?:core|applicator|unevaluated|validation|meta-data|format-annotation"
            + "|format-assertion|content)))(?:#.*)?");
    /** The words that lead elsewhere, where a text follows them; an object is that of a value which is called so. */
    private static final Pattern WORD =
            Pattern.compile("\"\\$(ref|dynamicRef|recursiveRef|schema|id)\"\\s*+:\\s*+\"([^\"]*+)\"?");
    /** Up to these a reference has no neighbours. */
    private static final List<String> OLD_DRAFTS = List.of("/draft-04/", "/draft-06/", "/draft-07/");

    private static final Set<String> FETCHED = Set.of("http", "https", "file");
    /** Loaded for the few schemas that have to be parsed: the mapper has 400 classes. */
    private static final class Mapper {
        static final JsonMapper JSON = JsonMapper.builder()
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .build();
    }

    private final Map<String, String> named = new LinkedHashMap<>();
    private final Set<String> addresses = new LinkedHashSet<>();
    private final List<String> nameKeys;
    private final boolean old;
    private String text = "";

    private DetachedSchema(JsonNode root, String source) {
        // The name of draft 4; in others it is a word like any.
        this.nameKeys = source.contains("draft-04") ? List.of("$id", "id") : List.of("$id");
        this.old = OLD_DRAFTS.stream().anyMatch(root.path("$schema").asText()::contains);
    }

    /**
     * Whether a text, read as it stands, refers to nothing but itself, and gives nothing a name: so are most, and
     * parsing them takes time. Where letters are escaped it is not told.
     */
    static boolean isDetached(String source) {
        if (source.contains("\\u") || source.contains("draft-04")) {
            return false;
        }
        Matcher words = WORD.matcher(source);
        while (words.find()) {
            String value = words.group(2);
            boolean harmless = words.group(1).equals("schema")
                    ? DRAFT.matcher(value).matches()
                    : words.group(1).endsWith("ef") && value.startsWith("#");
            if (!harmless) {
                return false;
            }
        }
        return true;
    }

    /** Throws an exception if it is no JSON. */
    static DetachedSchema of(String source) throws ChartFormatException {
        try {
            JsonNode root = Mapper.JSON.readTree(source.startsWith("\uFEFF") ? source.substring(1) : source);
            DetachedSchema schema = new DetachedSchema(root, source);
            schema.named.put(OWN, "");
            schema.name(root, OWN, "");
            schema.detach(root, OWN, "");
            schema.text = Mapper.JSON.writeValueAsString(root);
            return schema;
        } catch (JsonProcessingException e) {
            throw new ChartFormatException("values.schema.json is no JSON: " + e.getOriginalMessage());
        }
    }

    String text() {
        return text;
    }

    /** The references to other documents, in the order of the schema. */
    List<String> addresses() {
        return new ArrayList<>(addresses);
    }

    /** Finds what has a name of its own, and where it lies. */
    private void name(JsonNode node, String base, String pointer) {
        String own = base(node, base);
        if (!own.equals(base)) {
            named.putIfAbsent(own, pointer);
        }
        eachChild(node, pointer, (child, place) -> name(child, own, place));
    }

    private interface Visitor {
        void visit(JsonNode child, String pointer);
    }

    private static void eachChild(JsonNode node, String pointer, Visitor visitor) {
        node.properties()
                .forEach(it -> visitor.visit(
                        it.getValue(),
                        pointer + "/" + it.getKey().replace("~", "~0").replace("/", "~1")));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                visitor.visit(node.get(i), pointer + "/" + i);
            }
        }
    }

    private void detach(JsonNode node, String base, String pointer) {
        String own = base(node, base);
        if (node instanceof ObjectNode schema) {
            detachDraft(schema, pointer.isEmpty());
            nameKeys.stream().filter(key -> isName(schema.get(key))).forEach(schema::remove);
            REFERENCES.forEach(key -> detachReference(schema, key, own));
        }
        eachChild(node, pointer, (child, place) -> detach(child, own, place));
    }

    /** Only the whole document has one. */
    private void detachDraft(ObjectNode schema, boolean whole) {
        String draft = schema.path("$schema").asText("");
        boolean known = DRAFT.matcher(draft).matches();
        if (schema.path("$schema").isTextual() && !(known && whole)) {
            schema.remove("$schema");
            if (!known) {
                addresses.add(draft);
            }
        }
    }

    private void detachReference(ObjectNode schema, String key, String base) {
        if (!schema.path(key).isTextual()) {
            return;
        }
        String reference = schema.path(key).asText();
        String target = reference.startsWith("#") ? base + reference : resolved(base, reference);
        String place = named.get(withoutFragment(target));
        if (place != null) {
            schema.set(
                    key,
                    TextNode.valueOf(pointer(
                            place, target.substring(withoutFragment(target).length()))));
        } else if (DRAFT.matcher(target).matches()) {
            schema.set(key, TextNode.valueOf(target));
        } else if (isFetched(target)) {
            addresses.add(target.startsWith(OWN_DIRECTORY) ? reference : target);
            schema.remove(key);
            if (old) {
                schema.retain("definitions");
            }
        }
    }

    /** Resolves the text after the hash: a pointer below the place, the name of an anchor, or nothing. */
    private static String pointer(String place, String fragment) {
        String inner = fragment.isEmpty() ? "" : fragment.substring(1);
        if (!inner.isEmpty() && !inner.startsWith("/")) {
            return "#" + inner;
        }
        try {
            return "#" + (place.isEmpty() ? "" : new URI(null, null, null, place).getRawFragment()) + inner;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("every text can stand behind a hash: " + place, e);
        }
    }

    /** Returns whether Helm fetches a reference from elsewhere; one without a scheme counts as such. */
    private static boolean isFetched(String address) {
        int colon = address.indexOf(':');
        return colon < 0 || FETCHED.contains(address.substring(0, colon).toLowerCase(Locale.ROOT));
    }

    /** The address by which references below a node go. */
    private String base(JsonNode node, String outer) {
        for (String key : nameKeys) {
            if (isName(node.get(key))) {
                return withoutFragment(resolved(outer, node.get(key).asText()));
            }
        }
        return outer;
    }

    /** One with a hash in front is an anchor. */
    private static boolean isName(@Nullable JsonNode id) {
        return id != null
                && id.isTextual()
                && !id.asText().isEmpty()
                && !id.asText().startsWith("#");
    }

    private static String resolved(String base, String reference) {
        try {
            return URI.create(base).resolve(reference).toString();
        } catch (IllegalArgumentException e) {
            return reference;
        }
    }

    private static String withoutFragment(String address) {
        int hash = address.indexOf('#');
        return hash < 0 ? address : address.substring(0, hash);
    }
}
