/** JSON for logs and answers: a writer, and nothing else. */
@NullMarked
package dev.prefork.json;

import org.jspecify.annotations.NullMarked;
