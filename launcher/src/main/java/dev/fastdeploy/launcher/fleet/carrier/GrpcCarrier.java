package dev.fastdeploy.launcher.fleet.carrier;

import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.Target;
import dev.fastdeploy.launcher.fleet.plan.Action;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.Report;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

/**
 * Reaches instances by gRPC. Each has one connection, which is kept open and on which its status is
 * watched.
 */
public final class GrpcCarrier implements Carrier {

  private final FleetRequest request;
  private final InstanceClients clients;
  private final Consumer<Input.Heard> sink;
  private final Map<MemberId, MemberLink> links = new HashMap<>();
  private final ScheduledThreadPoolExecutor timer;
  private boolean closed;

  /**
   * @param clients closed with this
   * @param sink takes the reports of members; must not block
   */
  public GrpcCarrier(FleetRequest request, InstanceClients clients, Consumer<Input.Heard> sink) {
    this.request = request;
    this.clients = clients;
    this.sink = sink;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "fastdeploy-carrier");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public synchronized void perform(Action.AskMember ask) {
    if (closed) {
      return;
    }
    MemberLink link = links.get(ask.member());
    if (link == null || !link.address().equals(ask.address())) {
      if (link != null) {
        link.close();
      }
      links.remove(ask.member());
      Target target;
      try {
        target = Target.parse(ask.address());
      } catch (IllegalArgumentException malformed) {
        tell(ask.member(), new Report.Lost(String.valueOf(malformed.getMessage())));
        return;
      }
      try {
        clients.check(target);
      } catch (IllegalArgumentException unsafe) {
        tell(ask.member(), new Report.Denied(String.valueOf(unsafe.getMessage())));
        return;
      }
      link =
          new MemberLink(
              ask.address(),
              clients.open(target),
              request,
              report -> tell(ask.member(), report),
              timer);
      links.put(ask.member(), link);
    }
    link.perform(ask.ask());
  }

  private void tell(MemberId member, Report report) {
    sink.accept(new Input.Heard(member, report));
  }

  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdownNow();
    links.values().forEach(MemberLink::close);
    links.clear();
    clients.close();
  }
}
