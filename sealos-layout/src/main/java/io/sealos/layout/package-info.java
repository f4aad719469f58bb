/** The standard directory of a cluster image, and the rules that it is checked by. */
@NullMarked
package io.sealos.layout;

import org.jspecify.annotations.NullMarked;
