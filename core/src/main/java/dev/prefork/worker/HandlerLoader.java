package dev.prefork.worker;

import dev.prefork.ConnectionHandler;
import dev.prefork.ExitStatus;
import java.lang.reflect.InvocationTargetException;

/** Constructs the handler, and says in the application's terms why it can't. */
final class HandlerLoader {
  private HandlerLoader() {}

  static ConnectionHandler load(String className) throws StartFailure {
    try {
      Object handler =
          Class.forName(className, true, ClassLoader.getSystemClassLoader())
              .getConstructor()
              .newInstance();
      if (handler instanceof ConnectionHandler connectionHandler) {
        return connectionHandler;
      }
      throw wrong(className + " does not implement dev.prefork.ConnectionHandler");
    } catch (ClassNotFoundException e) {
      throw wrong(
          "the handler "
              + className
              + " is not on the class path "
              + System.getProperty("java.class.path")
              + "; check its name, or add its jar or folder with --class-path");
    } catch (NoSuchMethodException e) {
      throw wrong(className + " has no public constructor without parameters");
    } catch (IllegalAccessException e) {
      throw wrong(className + " is not public");
    } catch (InstantiationException e) {
      throw wrong(className + " is abstract");
    } catch (ExceptionInInitializerError e) {
      throw failed("the static initializer of " + className, e);
    } catch (LinkageError e) {
      throw wrong(className + " could not be loaded: " + e);
    } catch (InvocationTargetException e) {
      throw failed("the constructor of " + className, e);
    }
  }

  /** What starting again can't mend. */
  private static StartFailure wrong(String message) {
    return new StartFailure(ExitStatus.CONFIGURATION, message);
  }

  /** What may go better next time: a database that is down, a file that is missing. */
  private static StartFailure failed(String what, Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    cause.printStackTrace();
    return new StartFailure(ExitStatus.FAILED, what + " failed: " + cause);
  }
}
