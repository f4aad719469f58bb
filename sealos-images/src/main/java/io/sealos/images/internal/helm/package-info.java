/** Unpacks charts safely, rewrites their notes, and renders them with Helm in a child process. */
@NullMarked
package io.sealos.images.internal.helm;

import org.jspecify.annotations.NullMarked;
