package dev.fastdeploy.agent.reload.module.leftovers;

/** A method that a thread is executing. */
record Frame(Class<?> type, String method) {

  @Override
  public String toString() {
    return type.getName() + "." + method;
  }
}
