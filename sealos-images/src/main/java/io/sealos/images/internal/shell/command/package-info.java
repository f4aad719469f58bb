/** Interprets the commands that are known by name: those built into the shell, and common programs. */
@NullMarked
package io.sealos.images.internal.shell.command;

import org.jspecify.annotations.NullMarked;
