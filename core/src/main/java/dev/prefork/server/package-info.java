/** The library's front door: {@link dev.prefork.server.PreforkServer}. */
@NullMarked
package dev.prefork.server;

import org.jspecify.annotations.NullMarked;
