/** The objects of GitOps controllers and package managers, and what these fetch at the site. */
@NullMarked
package io.sealos.images.internal.gitops;

import org.jspecify.annotations.NullMarked;
