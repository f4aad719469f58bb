/** The charts, values, manifests and images of the commands of a Kubefile and their scripts. */
@NullMarked
package io.sealos.images.internal.install;

import org.jspecify.annotations.NullMarked;
