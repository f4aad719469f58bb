package io.sealos.oci.internal.trust.policy;

import io.sealos.images.ImageReference;
import java.util.List;
import java.util.Map;

/**
 * The rules of a policy. Immutable.
 *
 * @param scopes the rules of each scope, all of which must be fulfilled
 */
public record SignatureRules(Map<PolicyScope, List<SignatureRule>> scopes) {
    /** The rules of a build without a policy. */
    public static final SignatureRules NONE =
            new SignatureRules(Map.of(PolicyScope.ALL, List.of(SignatureRule.ACCEPTED)));

    /** {@return the rules of the most specific scope to which an image belongs} */
    public List<SignatureRule> of(ImageReference image) {
        for (PolicyScope scope : PolicyScope.of(image)) {
            List<SignatureRule> found = scopes.get(scope);
            if (found != null) {
                return found;
            }
        }
        return List.of(SignatureRule.UNCOVERED);
    }
}
