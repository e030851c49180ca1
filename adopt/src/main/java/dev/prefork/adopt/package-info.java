/** Workers that run an unchanged program: its listening sockets become those of the supervisor. */
@NullMarked
package dev.prefork.adopt;

import org.jspecify.annotations.NullMarked;
