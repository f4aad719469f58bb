/** The syntax check of the Go templates that sealos renders. */
@NullMarked
package io.sealos.internal.template;

import org.jspecify.annotations.NullMarked;
