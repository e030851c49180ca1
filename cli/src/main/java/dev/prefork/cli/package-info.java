/** The {@code prefork} command. */
@NullMarked
package dev.prefork.cli;

import org.jspecify.annotations.NullMarked;
