/** What sealos will install: the charts and values of the Helm calls in the Kubefile's commands and their scripts. */
@NullMarked
package io.sealos.images.internal.install;

import org.jspecify.annotations.NullMarked;
