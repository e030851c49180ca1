/**
 * Ordinary HTTP servers, which know nothing of Prefork: what the benchmarks run alone and
 * preforked.
 */
@NullMarked
package dev.prefork.bench.programs;

import org.jspecify.annotations.NullMarked;
