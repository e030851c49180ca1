/** One WAR file on Jetty: unpacked once for all workers, served until told to go. */
@NullMarked
package dev.prefork.war;

import org.jspecify.annotations.NullMarked;
