/** The writer of all JSON documents that people read; shared by our modules alone. */
@NullMarked
package io.sealos.internal.json;

import org.jspecify.annotations.NullMarked;
