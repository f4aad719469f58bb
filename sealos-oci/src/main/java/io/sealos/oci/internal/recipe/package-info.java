/** What an image shall be made of, in the words of the writer: stages, steps, configuration. */
@NullMarked
package io.sealos.oci.internal.recipe;

import org.jspecify.annotations.NullMarked;
