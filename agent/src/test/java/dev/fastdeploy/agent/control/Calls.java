package dev.fastdeploy.agent.control;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** How calls end, for assertions. */
final class Calls {

  private Calls() {}

  /** The status code that a call ends with. */
  static Status.Code code(Runnable call) {
    try {
      call.run();
      return Status.Code.OK;
    } catch (StatusRuntimeException ended) {
      return ended.getStatus().getCode();
    }
  }
}
