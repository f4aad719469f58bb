/** The sources of images to save: registries, the content store, layouts, archives and storages of this machine. */
@NullMarked
package io.sealos.oci.internal.source;

import org.jspecify.annotations.NullMarked;
