/** What an application sees. */
@NullMarked
package dev.prefork;

import org.jspecify.annotations.NullMarked;
