/** All that crosses exec: what a worker is told, what it says back, and its command line. */
@NullMarked
package dev.prefork.launch;

import org.jspecify.annotations.NullMarked;
