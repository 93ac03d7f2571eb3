package dev.fastdeploy.agent.deploy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** What a test does at each call that is made of a home. */
interface HomeCalls {

  /** Runs before the call of a method. */
  default void before(String method) throws Exception {}

  /** Runs once a method has done its work, and before it returns. */
  default void after(String method) throws Exception {}

  /** Returns a home that tells of its calls and is otherwise another. */
  static ReleaseHome of(ReleaseHome home, HomeCalls calls) {
    return (ReleaseHome)
        Proxy.newProxyInstance(
            ReleaseHome.class.getClassLoader(),
            new Class<?>[] {ReleaseHome.class},
            (proxy, method, arguments) -> {
              calls.before(method.getName());
              try {
                Object answer = method.invoke(home, arguments);
                calls.after(method.getName());
                return answer;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
