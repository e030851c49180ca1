/** JSON for logs, requests and answers: a writer, a strict parser, and nothing else. */
@NullMarked
package dev.prefork.json;

import org.jspecify.annotations.NullMarked;
