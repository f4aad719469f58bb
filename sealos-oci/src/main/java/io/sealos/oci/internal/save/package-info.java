/** Saves images: resolves what each consists of, and fetches it into the content store. */
@NullMarked
package io.sealos.oci.internal.save;

import org.jspecify.annotations.NullMarked;
