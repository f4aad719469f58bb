/**
 * Shared support for text from input: patterns that are matched in bounded time, files of limited size, and text for
 * messages. The package is not part of the API.
 */
@NullMarked
package io.sealos.internal.text;

import org.jspecify.annotations.NullMarked;
