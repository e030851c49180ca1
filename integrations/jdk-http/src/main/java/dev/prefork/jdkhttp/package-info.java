/** A filter of the JDK's HTTP server that tells Prefork what is served. */
@NullMarked
package dev.prefork.jdkhttp;

import org.jspecify.annotations.NullMarked;
