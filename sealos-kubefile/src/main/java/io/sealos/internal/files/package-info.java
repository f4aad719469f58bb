/** Shared support for files, directories and processes: snapshots, locks and temporary directories. */
@NullMarked
package io.sealos.internal.files;

import org.jspecify.annotations.NullMarked;
