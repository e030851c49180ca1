package dev.prefork.config;

/**
 * A value that somebody gave.
 *
 * @param text as written
 */
public record Given(Option<?> option, String text, Source source) {}
