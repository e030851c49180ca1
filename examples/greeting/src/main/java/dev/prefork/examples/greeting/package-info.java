/** The greeting protocol. */
@NullMarked
package dev.prefork.examples.greeting;

import org.jspecify.annotations.NullMarked;
