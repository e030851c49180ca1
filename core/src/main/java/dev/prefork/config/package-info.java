/** The one table of options: names, units, ranges, defaults, and where each value came from. */
@NullMarked
package dev.prefork.config;

import org.jspecify.annotations.NullMarked;
