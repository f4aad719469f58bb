/** The resources that the steps of a build share: registries, threads, the content store, the listener. */
@NullMarked
package io.sealos.oci.internal.build.resources;

import org.jspecify.annotations.NullMarked;
