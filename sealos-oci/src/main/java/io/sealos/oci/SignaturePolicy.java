package io.sealos.oci;

import io.sealos.internal.files.RequiredPath;
import io.sealos.oci.internal.trust.policy.PolicyFile;
import io.sealos.oci.internal.trust.policy.PolicyScope;
import io.sealos.oci.internal.trust.policy.SignatureRule;
import io.sealos.oci.internal.trust.policy.SignatureRules;
import io.sealos.oci.trust.VerificationKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The signatures that container images and base images must have before they are saved. A rule applies to a scope, and
 * the most specific scope decides:
 *
 * <ol>
 *   <li>an image, such as {@code docker.io/library/nginx:1.25} or {@code ghcr.io/acme/app@sha256:…},
 *   <li>a repository, such as {@code ghcr.io/acme/app}, or several, such as {@code ghcr.io/acme},
 *   <li>a registry, such as {@code ghcr.io} or {@code localhost:5000}, or several, such as {@code *.example.com},
 *   <li>everything: {@code *}.
 * </ol>
 *
 * <p>Images that no rule covers are refused.
 *
 * <pre>{@code
 * SignaturePolicy policy = SignaturePolicy.builder()
 *         .require("ghcr.io/acme", VerificationKey.read(Path.of("cosign.pub")))
 *         .accept("docker.io")
 *         .build();
 * }</pre>
 *
 * <p>An image is signed if a signature of the digest to which its name refers is right, which may be that of an index,
 * or one of the manifest for the platform. Both forms of cosign count: an image with simple signing whose tag follows
 * from the digest, and a Sigstore bundle that refers to the manifest, with the predicate
 * {@code https://sigstore.dev/cosign/sign/v1}. The name in a payload of simple signing is not considered, because a
 * copy has another name; a {@code policy.json} can demand it. Certificates, identities and transparency logs are not
 * supported.
 *
 * <p>Immutable and thread-safe.
 *
 * @see ClusterImageBuilder
 * @since 0.1.0
 */
public final class SignaturePolicy {
    private static final int MAX_BYTES = 1 << 20;

    /** The rules of each scope, all of which must be fulfilled. */
    private final Map<PolicyScope, List<SignatureRule>> rules;

    private SignaturePolicy(Map<PolicyScope, List<SignatureRule>> rules) {
        this.rules = Collections.unmodifiableMap(new TreeMap<>(rules));
    }

    /** {@return a builder of a policy} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a policy of container engines, such as {@code /etc/containers/policy.json}: its {@code default}, and the
     * scopes of the transport {@code docker}. The types {@code insecureAcceptAnything}, {@code reject} and
     * {@code sigstoreSigned} with keys are supported, with each {@code signedIdentity}. As for container engines, only
     * simple signing counts for {@code sigstoreSigned}.
     *
     * @param file the file, of at most 1 MiB; paths of keys in it are relative to its directory
     * @return the policy
     * @throws SignaturePolicyException if the file is not such a policy, or has a requirement of another type, such as
     *     {@code signedBy} with a GPG key
     * @throws IOException if the file or a key cannot be read
     * @see <a href="https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md">the format</a>
     */
    public static SignaturePolicy read(Path file) throws IOException {
        Path path = Objects.requireNonNull(file, "file");
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new SignaturePolicyException(
                        RequiredPath.shown(path), "it is larger than " + MAX_BYTES + " bytes", "name a policy.json");
            }
            return new SignaturePolicy(PolicyFile.parse(bytes, path));
        }
    }

    /** {@return the rules} */
    SignatureRules rules() {
        return new SignatureRules(rules);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignaturePolicy that && rules.equals(that.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    /** {@return the scopes with their rules, such as {@code {docker.io=[accepted], ghcr.io=[signed by EC key …]}}} */
    @Override
    public String toString() {
        return rules.toString();
    }

    /** A builder of {@link SignaturePolicy}. Not thread-safe. */
    public static final class Builder {
        private final Map<PolicyScope, List<SignatureRule>> rules = new TreeMap<>();

        private Builder() {}

        /**
         * Demands a signature.
         *
         * @param scope the scope, as described at {@link SignaturePolicy}
         * @param keys the keys, one of which must have signed
         * @return this builder
         * @throws IllegalArgumentException if there is no key, the scope is not valid, or it has a rule already
         */
        public Builder require(String scope, VerificationKey... keys) {
            return require(scope, List.of(Objects.requireNonNull(keys, "keys")));
        }

        /**
         * Demands a signature.
         *
         * @param scope the scope, as described at {@link SignaturePolicy}
         * @param keys the keys, one of which must have signed
         * @return this builder
         * @throws IllegalArgumentException if there is no key, the scope is not valid, or it has a rule already
         */
        public Builder require(String scope, List<VerificationKey> keys) {
            if (Objects.requireNonNull(keys, "keys").isEmpty()) {
                throw new IllegalArgumentException(
                        "the rule for '" + scope + "' has no key; give one, or reject the scope");
            }
            return add(scope, SignatureRule.signed(keys));
        }

        /**
         * Accepts images without looking for signatures.
         *
         * @param scope the scope, as described at {@link SignaturePolicy}
         * @return this builder
         * @throws IllegalArgumentException if the scope is not valid, or has a rule already
         */
        public Builder accept(String scope) {
            return add(scope, SignatureRule.ACCEPTED);
        }

        /**
         * Refuses images, whether they are signed or not.
         *
         * @param scope the scope, as described at {@link SignaturePolicy}
         * @return this builder
         * @throws IllegalArgumentException if the scope is not valid, or has a rule already
         */
        public Builder reject(String scope) {
            return add(scope, SignatureRule.REJECTED);
        }

        private Builder add(String scope, SignatureRule rule) {
            PolicyScope parsed = PolicyScope.parse(Objects.requireNonNull(scope, "scope"));
            if (rules.putIfAbsent(parsed, List.of(rule)) != null) {
                throw new IllegalArgumentException("the scope '" + scope + "' has two rules; keep one");
            }
            return this;
        }

        /** {@return the policy} */
        public SignaturePolicy build() {
            return new SignaturePolicy(rules);
        }
    }
}
