package dev.fastdeploy.agent.reload.module.leftovers;

import java.util.Objects;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** The default time zone. If nobody had asked for it yet, the next to ask determines it again. */
final class SavedTimeZone implements Saved {

  private static final String OWNER = "java.util.TimeZone";

  private final JdkInternals jdk;
  private final @Nullable TimeZone zone;

  SavedTimeZone(JdkInternals jdk) throws InaccessibleException {
    this.jdk = jdk;
    this.zone = current(jdk);
  }

  @Override
  public String about() {
    return "the default time zone";
  }

  @Override
  public void restore(OldGeneration old) throws InaccessibleException {
    if (!Objects.equals(current(jdk), zone)) {
      TimeZone.setDefault(zone);
    }
  }

  private static @Nullable TimeZone current(JdkInternals jdk) throws InaccessibleException {
    return jdk.initialised(OWNER)
            && jdk.readStatic(OWNER, "defaultTimeZone") instanceof TimeZone zone
        ? (TimeZone) zone.clone()
        : null;
  }
}
