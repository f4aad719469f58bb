/** The rules, grouped by what they look at, and the table of all of them. */
@NullMarked
package io.sealos.layout.internal.rule;

import org.jspecify.annotations.NullMarked;
