/**
 * The benchmark. Two mains: {@link dev.prefork.bench.GreetingLoad} puts load on one server, {@link
 * dev.prefork.bench.BenchMain} compares accept modes and the original in one run.
 */
@NullMarked
package dev.prefork.bench;

import org.jspecify.annotations.NullMarked;
