/** The commands that are known by name: those of the shell itself, and the programs of a usual system. */
@NullMarked
package io.sealos.images.internal.shell.command;

import org.jspecify.annotations.NullMarked;
