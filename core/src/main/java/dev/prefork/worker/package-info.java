/** The worker process: its main, its life, its drain. */
@NullMarked
package dev.prefork.worker;

import org.jspecify.annotations.NullMarked;
