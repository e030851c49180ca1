/**
 * Training of an application's ahead-of-time cache, beside the server that it is for; before its
 * first worker, the unpacking of a program whose classes no cache would take.
 */
@NullMarked
package dev.prefork.aot;

import org.jspecify.annotations.NullMarked;
