/** The greeting protocol. */
@NullMarked
package dev.prefork.examples.greeting.lisp;

import org.jspecify.annotations.NullMarked;
