/** What an OCI image is made of: media types and descriptors. The writer underneath the API. */
@NullMarked
package io.sealos.oci.internal;

import org.jspecify.annotations.NullMarked;
