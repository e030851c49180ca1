/** The accept gate, and the loop from an accepted connection to the handler. */
@NullMarked
package dev.prefork.accept;

import org.jspecify.annotations.NullMarked;
