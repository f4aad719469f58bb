/** The example of the README, runnable: the cluster image of {@code src/example/nginx}. */
@NullMarked
package io.sealos.oci.example;

import org.jspecify.annotations.NullMarked;
