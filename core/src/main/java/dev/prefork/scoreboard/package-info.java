/** What every worker is doing, in memory that all processes of a server share. */
@NullMarked
package dev.prefork.scoreboard;

import org.jspecify.annotations.NullMarked;
