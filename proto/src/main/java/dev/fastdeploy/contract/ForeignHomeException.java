package dev.fastdeploy.contract;

import java.io.IOException;
import java.io.Serial;

/** What lies in the home may come from another user: nothing of it is used. */
public final class ForeignHomeException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  private final String finding;

  ForeignHomeException(String finding, String remedy) {
    super(finding + "; " + remedy);
    this.finding = finding;
  }

  /** What is wrong with it, without a remedy. */
  public String finding() {
    return finding;
  }
}
