/** The supertype of the exceptions of all modules. */
@NullMarked
package io.sealos;

import org.jspecify.annotations.NullMarked;
