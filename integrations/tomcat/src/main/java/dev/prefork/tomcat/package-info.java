/** A valve of Tomcat that tells Prefork what is served. */
@NullMarked
package dev.prefork.tomcat;

import org.jspecify.annotations.NullMarked;
