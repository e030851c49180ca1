/** Addresses, binding them, and adopting inherited listening sockets. */
@NullMarked
package dev.prefork.listen;

import org.jspecify.annotations.NullMarked;
