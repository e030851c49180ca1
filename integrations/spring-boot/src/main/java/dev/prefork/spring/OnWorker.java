package dev.prefork.spring;

import dev.prefork.PreforkWorker;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether this process is a worker of Prefork. */
final class OnWorker implements Condition {
  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return PreforkWorker.current().isPresent();
  }
}
