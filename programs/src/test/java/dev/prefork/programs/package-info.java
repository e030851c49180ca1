/** Proof that servers which nobody here wrote are preforked by one command. */
@NullMarked
package dev.prefork.programs;

import org.jspecify.annotations.NullMarked;
