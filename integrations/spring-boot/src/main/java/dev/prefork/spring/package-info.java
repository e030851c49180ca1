/** What a Spring Boot application tells Prefork, once the starter is among its dependencies. */
@NullMarked
package dev.prefork.spring;

import org.jspecify.annotations.NullMarked;
