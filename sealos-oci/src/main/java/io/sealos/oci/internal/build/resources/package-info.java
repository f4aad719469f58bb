/** The resources that the steps of a build share: access to registries, threads, the content store and the listener. */
@NullMarked
package io.sealos.oci.internal.build.resources;

import org.jspecify.annotations.NullMarked;
