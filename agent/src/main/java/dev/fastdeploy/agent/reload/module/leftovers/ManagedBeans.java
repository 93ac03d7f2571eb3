package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.ArrayList;
import java.util.List;

/** MBeans. */
final class ManagedBeans implements Step {

  private final JdkInternals jdk;

  ManagedBeans(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "MBeans";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    PlatformBeans platform = new PlatformBeans(jdk);
    Reach reach = new Reach(jdk, old);
    List<Leftover> found = new ArrayList<>();
    for (Object server : platform.servers()) {
      for (PlatformBeans.Bean bean : platform.beans(server)) {
        if (!bean.isOfTheJdk() && reach.leadsToOld(bean.object())) {
          found.add(new Leftover("MBean " + bean.name(), () -> platform.unregister(server, bean)));
        }
      }
    }
    return found;
  }
}
