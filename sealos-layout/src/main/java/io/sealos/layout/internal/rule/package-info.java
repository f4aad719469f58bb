/** The rules in groups, with a table of all rules. */
@NullMarked
package io.sealos.layout.internal.rule;

import org.jspecify.annotations.NullMarked;
