/** An application as Spring Boot packs it: jars within a jar, and a launcher that finds them. */
@NullMarked
package dev.prefork.programs.boot;

import org.jspecify.annotations.NullMarked;
