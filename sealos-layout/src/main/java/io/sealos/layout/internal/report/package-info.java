/** Writes reports in their formats. */
@NullMarked
package io.sealos.layout.internal.report;

import org.jspecify.annotations.NullMarked;
