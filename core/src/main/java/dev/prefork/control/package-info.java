/** The control socket: requests and answers, a line of JSON each (docs/CONTROL.md). */
@NullMarked
package dev.prefork.control;

import org.jspecify.annotations.NullMarked;
