/** Training of an application's ahead-of-time cache, beside the server that it is for. */
@NullMarked
package dev.prefork.aot;

import org.jspecify.annotations.NullMarked;
