/** A handler of Jetty that tells Prefork what is served. */
@NullMarked
package dev.prefork.jetty;

import org.jspecify.annotations.NullMarked;
