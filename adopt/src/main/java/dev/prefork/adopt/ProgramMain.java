package dev.prefork.adopt;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import jdk.internal.misc.MethodFinder;
import sun.launcher.LauncherHelper;

/**
 * The main class of a worker that runs an unchanged program: makes the JDK's sockets ask us, and
 * then starts the program's jar as {@code java -jar} does.
 *
 * <p>Not {@code -javaagent}: a JVM that has an agent before its first class looks into every class
 * that it loads, and takes none as linked from the ahead-of-time cache. The JDK's own {@code
 * LauncherHelper} reads the program's manifest; the worker's command line exports its package, so
 * that it is called like any other: reflection would make method handles at each start.
 */
public final class ProgramMain {
  /** LauncherHelper's LM_JAR: what it is given is an executable jar. */
  private static final int JAR = 2;

  private ProgramMain() {}

  /**
   * Runs the program.
   *
   * @param arguments the path of its jar, then what is for the program
   * @throws Throwable whatever its main throws
   */
  public static void main(String[] arguments) throws Throwable {
    String jar = arguments[0];
    var _ = System.setProperty("java.class.path", jar); // as the program would find it
    ProgramStart.begin();
    Class<?> type = LauncherHelper.checkAndLoadMain(true, JAR, jar);
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    run(type, MethodFinder.findMainMethod(type), rest);
  }

  /** A main may be an instance's, and take no arguments (JEP 512). */
  private static void run(Class<?> type, Method main, String[] arguments) throws Throwable {
    main.setAccessible(true);
    boolean isStatic = Modifier.isStatic(main.getModifiers());
    if (isStatic && main.getParameterCount() == 1) {
      MethodHandles.lookup().unreflect(main).invokeExact(arguments);
      return;
    }
    try {
      Object instance = isStatic ? null : instanceOf(type);
      var _ =
          main.getParameterCount() == 0
              ? main.invoke(instance)
              : main.invoke(instance, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static Object instanceOf(Class<?> type) throws ReflectiveOperationException {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
