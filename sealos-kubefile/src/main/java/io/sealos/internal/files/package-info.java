/** Files, directories and processes as the other modules need them: snapshots, locks, temporary directories. */
@NullMarked
package io.sealos.internal.files;

import org.jspecify.annotations.NullMarked;
