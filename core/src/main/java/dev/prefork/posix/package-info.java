/** The operating system as verbs: the only package that links native functions. */
@NullMarked
package dev.prefork.posix;

import org.jspecify.annotations.NullMarked;
