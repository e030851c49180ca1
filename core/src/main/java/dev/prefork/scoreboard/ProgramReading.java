package dev.prefork.scoreboard;

/**
 * An unchanged program at one moment, as its worker's agent wrote it; all 0 for a handler.
 *
 * @param heartbeatNs when its JVM was last seen to run ({@link System#nanoTime}); 0 if never
 * @param open connections accepted from shared listeners and not closed yet
 * @param accepted connections, since the worker's start
 * @param inVain accepts that found nothing
 * @param asking open connections that wait for an answer: their last bytes came in
 * @param bytesIn received by connections, since the worker's start
 * @param bytesOut sent by connections, since the worker's start
 */
public record ProgramReading(
    long heartbeatNs,
    int open,
    long accepted,
    long inVain,
    int asking,
    long bytesIn,
    long bytesOut) {}
