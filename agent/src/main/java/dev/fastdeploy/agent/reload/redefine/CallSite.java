package dev.fastdeploy.agent.reload.redefine;

/**
 * An {@code invokedynamic} instruction or a computed constant.
 *
 * @param call its name and the arguments of its bootstrap method
 * @param bootstrap its types and the bootstrap method
 */
record CallSite(String call, String bootstrap) {

  @Override
  public String toString() {
    return call + " " + bootstrap;
  }
}
