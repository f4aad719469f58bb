/** Charts: unpacked safely, baked, and rendered by the real engine in a child process. */
@NullMarked
package io.sealos.images.internal.helm;

import org.jspecify.annotations.NullMarked;
