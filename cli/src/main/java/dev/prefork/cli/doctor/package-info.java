/** {@code prefork doctor}: what people get wrong on a machine, each with its fix. */
@NullMarked
package dev.prefork.cli.doctor;

import org.jspecify.annotations.NullMarked;
