/**
 * The supervisor: a pure state machine in a thin shell. Start reading at {@link
 * dev.prefork.supervisor.Supervisor}.
 */
@NullMarked
package dev.prefork.supervisor;

import org.jspecify.annotations.NullMarked;
