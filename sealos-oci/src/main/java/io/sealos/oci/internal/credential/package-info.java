/** Credentials for registries: those of the caller, of login files and of credential helpers. */
@NullMarked
package io.sealos.oci.internal.credential;

import org.jspecify.annotations.NullMarked;
