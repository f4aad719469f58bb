/** What sealos itself extracts, bug for bug, to compare with. */
@NullMarked
package io.sealos.images.internal.sealos;

import org.jspecify.annotations.NullMarked;
