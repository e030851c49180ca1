/** What workers die of. */
@NullMarked
package dev.prefork.coroner;

import org.jspecify.annotations.NullMarked;
