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
 * A JSON schema without remote references. References to other documents are removed, which can only make more values
 * valid. References to named parts of the document become pointers, and the names are removed. The remaining references
 * lead to the document itself, or to a draft of JSON Schema, which is built into Helm. This applies to every object,
 * schema or not, because a pointer may lead to any of them.
 */
final class DetachedSchema {
    private static final String OWN = "file:///values.schema.json";
    private static final String OWN_DIRECTORY = "file:/";
    private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");
    private static final Pattern DRAFT = Pattern.compile("https?://json-schema\\.org/(?:schema|draft-0[467]/schema"
            + "|draft/2019-09/(?:schema|meta/(?:core|applicator|validation|meta-data|format|content))"
            + "|draft/2020-12/(?:schema|meta/(?:core|applicator|unevaluated|validation|meta-data|format-annotation"
            + "|format-assertion|content)))(?:#.*)?");
    /**
     * The keywords of references, if a text follows them. If an object follows, the keyword is the name of a property.
     */
    private static final Pattern WORD =
            Pattern.compile("\"\\$(ref|dynamicRef|recursiveRef|schema|id)\"\\s*+:\\s*+\"([^\"]*+)\"?");
    /** The drafts in which the siblings of a reference are ignored. */
    private static final List<String> OLD_DRAFTS = List.of("/draft-04/", "/draft-06/", "/draft-07/");

    private static final Set<String> FETCHED = Set.of("http", "https", "file");
    /** Holds the mapper, which has 400 classes and is loaded only for the few schemas that have to be parsed. */
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
        // The keyword of draft 4; in other drafts it has no meaning.
        this.nameKeys = source.contains("draft-04") ? List.of("$id", "id") : List.of("$id");
        this.old = OLD_DRAFTS.stream().anyMatch(root.path("$schema").asText()::contains);
    }

    /**
     * {@return whether a schema, by its text, has neither remote references nor names} Most schemas have none, and need
     * not be parsed. The result is false if letters are escaped.
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

    /**
     * Parses a schema.
     *
     * @throws ChartFormatException if the text is not JSON
     */
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
            throw new ChartFormatException("values.schema.json is not JSON: " + e.getOriginalMessage());
        }
    }

    String text() {
        return text;
    }

    /** {@return the references to other documents, in the order of the schema} */
    List<String> addresses() {
        return new ArrayList<>(addresses);
    }

    /** Records the named parts of the document with their pointers. */
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

    /** Removes an unknown draft. Only the whole document may name a draft. */
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

    /** {@return the pointer for a fragment, which is a pointer below the given one, the name of an anchor, or empty} */
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

    /** {@return whether Helm fetches the reference; a reference without a scheme counts as such} */
    private static boolean isFetched(String address) {
        int colon = address.indexOf(':');
        return colon < 0 || FETCHED.contains(address.substring(0, colon).toLowerCase(Locale.ROOT));
    }

    /** {@return the base address of the references below a node} */
    private String base(JsonNode node, String outer) {
        for (String key : nameKeys) {
            if (isName(node.get(key))) {
                return withoutFragment(resolved(outer, node.get(key).asText()));
            }
        }
        return outer;
    }

    /** {@return whether the id is the name of a part; an id that begins with a hash is an anchor} */
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
