/** The steps of a scan: reading build files, manifests, kustomizations, templates, lists and commands. */
@NullMarked
package io.sealos.images.internal.scan;

import org.jspecify.annotations.NullMarked;
