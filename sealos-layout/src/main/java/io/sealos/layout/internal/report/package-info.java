/** The forms in which a report is written. */
@NullMarked
package io.sealos.layout.internal.report;

import org.jspecify.annotations.NullMarked;
