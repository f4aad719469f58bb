/** The files of a context directory, as a scan reads them. */
@NullMarked
package io.sealos.images.internal.context;

import org.jspecify.annotations.NullMarked;
