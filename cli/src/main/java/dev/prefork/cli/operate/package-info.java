/** The commands that ask a running server, through its control socket (docs/CONTROL.md). */
@NullMarked
package dev.prefork.cli.operate;

import org.jspecify.annotations.NullMarked;
