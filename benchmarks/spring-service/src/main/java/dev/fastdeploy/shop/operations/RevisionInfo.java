package dev.fastdeploy.shop.operations;

import dev.fastdeploy.shop.Revision;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/** The commit, for {@code /actuator/info}. */
@Component
class RevisionInfo implements InfoContributor {

  @Override
  public void contribute(Info.Builder builder) {
    builder.withDetail("commit", Revision.commit());
  }
}
