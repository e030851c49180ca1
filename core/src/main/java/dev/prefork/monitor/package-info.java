/** What is known of a running server: looked at once a second, kept for a quarter of an hour. */
@NullMarked
package dev.prefork.monitor;

import org.jspecify.annotations.NullMarked;
