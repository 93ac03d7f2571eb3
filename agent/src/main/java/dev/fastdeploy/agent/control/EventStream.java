package dev.fastdeploy.agent.control;

import dev.fastdeploy.agent.deploy.DeployListener;
import dev.fastdeploy.agent.deploy.DeployNotice;
import dev.fastdeploy.control.v1.DeployEvent;
import io.grpc.stub.ServerCallStreamObserver;

/** Sends a deploy's events to the client. A client that has gone misses them. */
final class EventStream implements DeployListener {

  private final ServerCallStreamObserver<DeployEvent> client;

  EventStream(ServerCallStreamObserver<DeployEvent> client) {
    this.client = client;
    // With a handler set, the observer accepts messages for a client that has gone, instead of
    // throwing.
    client.setOnCancelHandler(() -> {});
  }

  @Override
  public void on(DeployNotice notice) {
    if (notice.event() instanceof dev.fastdeploy.agent.deploy.DeployEvent.Staging
        && !client.isReady()) {
      return;
    }
    client.onNext(Messages.event(notice));
    if (notice.event() instanceof dev.fastdeploy.agent.deploy.DeployEvent.Ended) {
      client.onCompleted();
    }
  }
}
