/** Validates the context directory of a cluster image by rules, and creates new context directories. */
@NullMarked
package io.sealos.layout;

import org.jspecify.annotations.NullMarked;
