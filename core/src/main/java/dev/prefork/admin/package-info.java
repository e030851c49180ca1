/**
 * The admin listener: probes, metrics and a page for people, served by the supervisor's process.
 */
@NullMarked
package dev.prefork.admin;

import org.jspecify.annotations.NullMarked;
