package dev.fastdeploy.contract;

import java.io.IOException;
import java.io.Serial;

/** The contents of a home may come from another user: none of them are used. */
public final class ForeignHomeException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  private final String finding;

  ForeignHomeException(String finding, String remedy) {
    super(finding + "; " + remedy);
    this.finding = finding;
  }

  /** Returns what is wrong with the home, without a remedy. */
  public String finding() {
    return finding;
  }
}
