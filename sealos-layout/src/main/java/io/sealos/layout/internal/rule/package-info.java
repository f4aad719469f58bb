/** The rules in groups, and the table of all rules. */
@NullMarked
package io.sealos.layout.internal.rule;

import org.jspecify.annotations.NullMarked;
