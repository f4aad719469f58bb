/** Parses Kubefiles without loss, edits and writes them, and evaluates them as buildah does. */
@NullMarked
package io.sealos.kubefile;

import org.jspecify.annotations.NullMarked;
