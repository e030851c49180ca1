/** Programs around other people's servers, none of which knows of Prefork. */
@NullMarked
package dev.prefork.programs;

import org.jspecify.annotations.NullMarked;
