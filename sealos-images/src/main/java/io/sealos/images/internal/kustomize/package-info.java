/** Evaluates kustomizations as kustomize does, as far as images are concerned. */
@NullMarked
package io.sealos.images.internal.kustomize;

import org.jspecify.annotations.NullMarked;
