package dev.fastdeploy.launcher.command;

/** The exit codes of a fleet deploy, as the help lists them. */
final class FleetExitCodes {

  static final String LINE_1 =
      "%nExit codes with --fleet: 0 done; 1 not understood or nothing moved;";
  static final String LINE_2 =
      "2 partial; 3 rolled back; 4 aborted; 5 held by somebody else, or superseded;";
  static final String LINE_3 =
      "6 artifact; 7 not authorised; 8 no instances. Where several fit, the highest.";

  private FleetExitCodes() {}
}
