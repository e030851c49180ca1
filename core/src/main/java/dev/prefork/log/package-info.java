/** Events as lines, and the files that they go to. */
@NullMarked
package dev.prefork.log;

import org.jspecify.annotations.NullMarked;
