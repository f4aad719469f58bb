/** Ignore files of a context and their patterns. */
@NullMarked
package io.sealos.kubefile.internal.ignore;

import org.jspecify.annotations.NullMarked;
