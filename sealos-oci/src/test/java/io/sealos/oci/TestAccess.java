package io.sealos.oci;

import io.sealos.oci.internal.client.AccessSettings;

/** Gives tests of internal packages the settings of an access. */
public final class TestAccess {
    private TestAccess() {}

    /**
     * {@return the settings of an access}
     *
     * @param access the access
     */
    public static AccessSettings settings(RegistryAccess access) {
        return access.settings();
    }
}
