package io.sealos.oci.internal.trust.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.ImageReference;
import io.sealos.internal.files.RequiredPath;
import io.sealos.internal.text.Printable;
import io.sealos.oci.SignaturePolicyException;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.trust.sign.PublicKeyText;
import io.sealos.oci.trust.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a <a href="https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md">policy.json</a> of
 * container engines. What is not known is refused, as engines do, so that no requirement is overlooked.
 */
public final class PolicyFile {
    private static final String TYPE = "type";
    private static final String SUPPORTED =
            "use insecureAcceptAnything, reject, or sigstoreSigned with keyPath, keyPaths, keyData or keyDatas";
    private static final Set<String> KEY_FIELDS = Set.of("keyPath", "keyPaths", "keyData", "keyDatas");

    private final Path file;

    private PolicyFile(Path file) {
        this.file = file;
    }

    /**
     * {@return the rules of each scope}
     *
     * @param file the file, for messages and for the paths of keys
     * @throws SignaturePolicyException if it is not a policy, or has a requirement that is not supported
     */
    public static Map<PolicyScope, List<SignatureRule>> parse(byte[] json, Path file) throws IOException {
        PolicyFile policy = new PolicyFile(file);
        JsonNode root;
        try {
            root = Documents.object(json);
        } catch (IOException e) {
            throw policy.refused("", "it is not valid JSON: " + e.getMessage(), "correct the file");
        }
        return policy.rules(root);
    }

    private Map<PolicyScope, List<SignatureRule>> rules(JsonNode root) throws IOException {
        requireFields("", root, Set.of("default", "transports"));
        if (!root.path("default").isArray()) {
            throw refused("", "it has no list 'default'", "state what applies to images that no scope covers");
        }
        Map<PolicyScope, List<SignatureRule>> rules = new TreeMap<>();
        rules.put(PolicyScope.ALL, requirements("default", root.path("default")));
        for (Map.Entry<String, JsonNode> scope :
                root.path("transports").path("docker").properties()) {
            String place = "transports.docker." + scope.getKey();
            rules.put(scope(place, scope.getKey()), requirements(place, scope.getValue()));
        }
        return rules;
    }

    private PolicyScope scope(String place, String text) {
        try {
            return text.isEmpty() ? PolicyScope.ALL : PolicyScope.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(
                    place, "the scope is not valid", "write it with its registry, such as docker.io/library/nginx");
        }
    }

    private List<SignatureRule> requirements(String place, JsonNode list) throws IOException {
        if (!list.isArray() || list.isEmpty()) {
            throw refused(place, "it has no requirements", "list at least one, such as {\"type\": \"reject\"}");
        }
        List<SignatureRule> rules = new ArrayList<>();
        for (JsonNode requirement : list) {
            rules.add(requirement(place + "[" + rules.size() + "]", requirement));
        }
        return List.copyOf(rules);
    }

    private SignatureRule requirement(String place, JsonNode requirement) throws IOException {
        String type = requirement.path(TYPE).asText("");
        return switch (type) {
            case "insecureAcceptAnything" -> without(place, requirement, SignatureRule.ACCEPTED);
            case "reject" -> without(place, requirement, SignatureRule.REJECTED);
            case "sigstoreSigned" -> signed(place, requirement);
            default -> throw refused(place, "the type '" + Printable.of(type) + "' is not supported", SUPPORTED);
        };
    }

    private SignatureRule without(String place, JsonNode requirement, SignatureRule rule) {
        requireFields(place, requirement, Set.of(TYPE));
        return rule;
    }

    private SignatureRule signed(String place, JsonNode requirement) throws IOException {
        Set<String> known = new TreeSet<>(KEY_FIELDS);
        known.addAll(Set.of(TYPE, "signedIdentity"));
        requireFields(place, requirement, known);
        long given = KEY_FIELDS.stream().filter(requirement::has).count();
        if (given != 1) {
            throw refused(place, "it has " + given + " of keyPath, keyPaths, keyData and keyDatas", "keep exactly one");
        }
        return SignatureRule.signed(keys(place, requirement), identity(place, requirement.path("signedIdentity")));
    }

    private List<VerificationKey> keys(String place, JsonNode requirement) throws IOException {
        List<VerificationKey> keys = new ArrayList<>();
        for (String path : texts(requirement, "keyPath", "keyPaths")) {
            keys.add(VerificationKey.read(file.resolveSibling(path)));
        }
        for (String data : texts(requirement, "keyData", "keyDatas")) {
            String text = new String(decoded(place, data), StandardCharsets.ISO_8859_1);
            keys.add(VerificationKey.of(PublicKeyText.parse(text, RequiredPath.shown(file) + ": " + place)));
        }
        if (keys.isEmpty()) {
            throw refused(place, "it has no key", "name the public key, such as cosign.pub");
        }
        return keys;
    }

    private byte[] decoded(String place, String data) {
        try {
            return Base64.getMimeDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw refused(place, "the key is not valid Base64", "encode the file of the key, such as with base64 -w0");
        }
    }

    private static List<String> texts(JsonNode requirement, String one, String several) {
        List<String> texts = new ArrayList<>();
        if (requirement.has(one)) {
            texts.add(requirement.path(one).asText(""));
        }
        requirement.path(several).forEach(text -> texts.add(text.asText("")));
        return texts;
    }

    private SignedIdentity identity(String place, JsonNode identity) {
        if (identity.isMissingNode()) {
            return SignedIdentity.DEFAULT;
        }
        String type = identity.path(TYPE).asText("");
        for (SignedIdentity.Kind kind : SignedIdentity.Kind.values()) {
            if (kind.type().equals(type)) {
                return identity(place + ".signedIdentity", identity, kind);
            }
        }
        throw refused(
                place + ".signedIdentity",
                "the type '" + Printable.of(type) + "' is not known",
                "use matchRepoDigestOrExact, or leave signedIdentity out");
    }

    private SignedIdentity identity(String place, JsonNode identity, SignedIdentity.Kind kind) {
        return switch (kind) {
            case GIVEN -> new SignedIdentity(kind, image(place, identity, "dockerReference"), "");
            case GIVEN_REPOSITORY -> new SignedIdentity(kind, image(place, identity, "dockerRepository"), "");
            case REMAP ->
                new SignedIdentity(kind, prefix(place, identity, "prefix"), prefix(place, identity, "signedPrefix"));
            default -> {
                requireFields(place, identity, Set.of(TYPE));
                yield new SignedIdentity(kind, "", "");
            }
        };
    }

    private String image(String place, JsonNode identity, String field) {
        requireFields(place, identity, Set.of(TYPE, field));
        try {
            return ImageReference.parse(identity.path(field).asText("")).toString();
        } catch (IllegalArgumentException e) {
            throw refused(place, "the field '" + field + "' is no image", "name an image");
        }
    }

    private String prefix(String place, JsonNode identity, String field) {
        requireFields(place, identity, Set.of(TYPE, "prefix", "signedPrefix"));
        String prefix = identity.path(field).asText("");
        scope(place + "." + field, prefix.isEmpty() ? "?" : prefix);
        return prefix;
    }

    private void requireFields(String place, JsonNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw refused(
                        place,
                        "the field '" + Printable.of(name) + "' is not supported",
                        "leave it out, or check such images with a container engine");
            }
        });
    }

    private SignaturePolicyException refused(String place, String problem, String fix) {
        String where = RequiredPath.shown(file) + (place.isEmpty() ? "" : ": " + Printable.of(place));
        return new SignaturePolicyException(where, problem, fix);
    }
}
