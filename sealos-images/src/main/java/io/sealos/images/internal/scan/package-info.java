/** The steps of a scan: build files, manifests, kustomizations, templates, lists and commands. */
@NullMarked
package io.sealos.images.internal.scan;

import org.jspecify.annotations.NullMarked;
