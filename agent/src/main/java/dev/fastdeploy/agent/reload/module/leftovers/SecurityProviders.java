package dev.fastdeploy.agent.reload.module.leftovers;

import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;

/** Security providers. Looking does not load those that the JDK has not loaded yet. */
final class SecurityProviders implements Step {

  private static final String PROVIDERS = "sun.security.jca.Providers";

  private final JdkInternals jdk;

  SecurityProviders(JdkInternals jdk) {
    this.jdk = jdk;
  }

  @Override
  public String about() {
    return "security providers";
  }

  @Override
  public List<Leftover> find(OldGeneration old) throws InaccessibleException {
    List<Leftover> found = new ArrayList<>();
    for (Object config : configs()) {
      if (jdk.read("sun.security.jca.ProviderConfig", config, "provider")
              instanceof Provider provider
          && old.owns(provider)) {
        found.add(
            new Leftover(
                "security provider " + provider.getName(),
                () -> Security.removeProvider(provider.getName())));
      }
    }
    return found;
  }

  private List<Object> configs() throws InaccessibleException {
    if (!jdk.initialised(PROVIDERS)) {
      return List.of();
    }
    Object list = jdk.readStatic(PROVIDERS, "providerList");
    return list != null
            && jdk.read("sun.security.jca.ProviderList", list, "configs") instanceof Object[] found
        ? List.of(found)
        : List.of();
  }
}
