/** Determines the charts, values, manifests and images that the commands of a Kubefile and their scripts install. */
@NullMarked
package io.sealos.images.internal.install;

import org.jspecify.annotations.NullMarked;
