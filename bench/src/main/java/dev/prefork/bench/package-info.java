/**
 * The benchmarks. Four mains: {@link dev.prefork.bench.GreetingLoad} puts load on one server,
 * {@link dev.prefork.bench.BenchMain} compares accept modes and the original in one run, {@link
 * dev.prefork.bench.OperateMain} measures how a running server is operated, {@link
 * dev.prefork.bench.HttpMain} compares HTTP servers, preforked and not.
 */
@NullMarked
package dev.prefork.bench;

import org.jspecify.annotations.NullMarked;
