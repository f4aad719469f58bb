/**
 * The supertype of the exceptions of all modules.
 *
 * <p>What was read and refused is a {@link io.sealos.SealosException}: the text of a Kubefile (also of one that a
 * builder writes), of an ignore file, an image reference, a lock or an inventory, and what a context directory, a
 * layout or a registry holds. A file or host that cannot be read or written is an {@link java.io.IOException}; so is a
 * missing directory or file, and one of another kind than the call takes. Any other wrong argument is an
 * {@link IllegalArgumentException}, such as a platform, a digest or the name of a given file that is malformed. If a
 * document contains such a value, the exception is that of the document.
 */
@NullMarked
package io.sealos;

import org.jspecify.annotations.NullMarked;
