/**
 * Text that comes from input, and what the modules do with it alike: patterns that are matched in linear time. There is
 * nothing here that a caller of the library needs.
 */
@NullMarked
package io.sealos.internal.text;

import org.jspecify.annotations.NullMarked;
