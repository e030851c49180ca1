package dev.prefork.adopt;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.internal.module.Modules;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM runs before it ends ({@link Runtime#addShutdownHook}). The JDK lists it for nobody,
 * so its own list is read: to be asked when the program has run, as that makes the JDK's package
 * open to us.
 */
final class ShutdownHooks {
  private static final String JAVA_LANG = "java.lang";

  private ShutdownHooks() {}

  /** Those that are neither the JDK's nor ours; null if that can't be told. */
  static @Nullable List<Thread> ofProgram() {
    Modules.addOpens(Object.class.getModule(), JAVA_LANG, ShutdownHooks.class.getModule());
    try {
      List<Thread> ofProgram = new ArrayList<>();
      for (Thread hook : all()) {
        if (isOfProgram(hook.getClass()) || isOfProgram(taskOf(hook))) {
          ofProgram.add(hook);
        }
      }
      return ofProgram;
    } catch (ReflectiveOperationException e) {
      return null; // another JDK than 25, which is said at the start
    }
  }

  private static List<Thread> all() throws ReflectiveOperationException {
    Class<?> hooks = Class.forName(JAVA_LANG + ".ApplicationShutdownHooks");
    synchronized (hooks) { // as whoever changes them
      List<Thread> all = new ArrayList<>();
      if (valueOf(hooks, "hooks", null) instanceof Map<?, ?> threads) { // none if it ends already
        threads.keySet().forEach(thread -> all.add((Thread) thread));
      }
      return all;
    }
  }

  private static @Nullable Class<?> taskOf(Thread hook) throws ReflectiveOperationException {
    Object holder = valueOf(Thread.class, "holder", hook);
    Object task = holder == null ? null : valueOf(holder.getClass(), "task", holder);
    return task == null ? null : task.getClass();
  }

  private static @Nullable Object valueOf(Class<?> type, String field, @Nullable Object object)
      throws ReflectiveOperationException {
    Field found = type.getDeclaredField(field);
    found.setAccessible(true);
    return found.get(object);
  }

  private static boolean isOfProgram(@Nullable Class<?> type) {
    return type != null
        && type.getClassLoader() != null
        && !type.getPackage().equals(ShutdownHooks.class.getPackage());
  }
}
