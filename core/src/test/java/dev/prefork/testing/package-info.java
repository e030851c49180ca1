/** The harness of the process ring: real JVMs, real sockets, real signals, no sleeps. */
@NullMarked
package dev.prefork.testing;

import org.jspecify.annotations.NullMarked;
