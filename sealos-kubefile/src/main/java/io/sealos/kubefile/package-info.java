/** The Kubefile: parsed without loss, edited, written, and evaluated as buildah evaluates it. */
@NullMarked
package io.sealos.kubefile;

import org.jspecify.annotations.NullMarked;
