/** The templates that sealos renders with the environment of an image. */
@NullMarked
package io.sealos.images.internal.template;

import org.jspecify.annotations.NullMarked;
