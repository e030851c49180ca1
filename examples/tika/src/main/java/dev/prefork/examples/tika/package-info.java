/** A server that extracts the text of documents with Apache Tika. */
@NullMarked
package dev.prefork.examples.tika;

import org.jspecify.annotations.NullMarked;
