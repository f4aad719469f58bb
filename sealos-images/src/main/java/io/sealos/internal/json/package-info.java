/**
 * The writer of all JSON documents for people. The package is shared by the modules of this library, and is not part of
 * the API.
 */
@NullMarked
package io.sealos.internal.json;

import org.jspecify.annotations.NullMarked;
