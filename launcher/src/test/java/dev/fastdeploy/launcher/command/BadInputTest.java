package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of a user is one line that names the value and what to do, and changes nothing. */
class BadInputTest {

  @TempDir private Path directory;

  @BeforeEach
  void createFiles() throws IOException {
    Files.writeString(directory.resolve("token"), "secret\n");
    Files.writeString(directory.resolve("empty"), "\n");
    Files.writeString(directory.resolve("noise"), "noise\n");
    Files.writeString(directory.resolve("bad-targets"), "a:1\nnonsense\n");
    Files.writeString(directory.resolve("build.zip"), "");
    Files.createDirectory(directory.resolve("build"));
    Files.createDirectory(directory.resolve("store"));
    new Home(directory.resolve("home")).create();
    Path open = new Home(directory.resolve("open")).root();
    Files.createDirectories(open);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("", "a subcommand is missing", "fastdeploy help"),
        fault("dploy x", "dploy", "fastdeploy help"),
        fault("deploy", "COMMIT", "fastdeploy help deploy"),
        fault("deploy a b --target h:1", "'b'", "fastdeploy help deploy"),
        fault("deploy x --nope", "--nope", "fastdeploy help deploy"),
        fault("deploy x", "no target is given", "--target host:port"),
        fault("deploy ../x --target h:1", "'../x' is not a commit", "use 1 to 128 letters"),
        fault("deploy @x --target h:1", "'@x' is not a commit", "use 1 to 128 letters"),
        fault("deploy x --target h", "'h' is not understood", "write host:port"),
        fault("deploy x --target h:70000", "'h:70000'", "write host:port"),
        fault("deploy x --target h:1 --target h:1", "'h:1' is given twice", "name each"),
        fault("deploy x --target", "--target", "fastdeploy help deploy"),
        fault("deploy x --targets-file {}/none", "{}/none", "does not exist; give a file"),
        fault("deploy x --targets-file {}/empty", "{}/empty", "names no target; write"),
        fault("deploy x --targets-file {}/bad-targets", "'nonsense'", "write host:port"),
        fault("deploy x --targets-file {}", "{}", "--targets-file"),
        fault("deploy x --target h:1 --max-unavailable 0", "'0'", "a whole number from 1"),
        fault("deploy x --target h:1 --max-unavailable ٣", "'٣'", "a whole number from 1"),
        fault("deploy x --target h:1 --timeout ٣s", "'٣s'", "is not a duration"),
        fault("deploy x --target h:٣", "'h:٣'", ""),
        fault("deploy x --target h:1 --max-unavailable many", "'many'", "a whole number from 1"),
        fault("deploy x --target h:1 --timeout soon", "'soon'", "write it like 500ms"),
        fault("deploy x --target h:1 --timeout 0", "'0' leaves no time", "write one like"),
        fault("deploy x --target h:1 --timeout 1m --timeout 2m", "--timeout", "only once"),
        fault("deploy x --target h:1 --app ../x", "--app '../x'", "use 1 to 128 letters"),
        fault("deploy x --target h:1 --env ../x", "--env '../x'", "use 1 to 128 letters"),
        fault("deploy x --target h:1 --strategy P!", "'P!'", "fastdeploy status"),
        fault("deploy x --target h:1 --deploy-id a/b", "'a/b'", "use 1 to 64 letters"),
        fault("deploy x --target h:1 --control-token-file {}/none", "{}/none", "check the path"),
        fault("deploy x --target h:1 --control-token-file {}/empty", "{}/empty", "first line"),
        fault(
            "deploy x --target 10.1.2.3:1 --control-token-file {}/token",
            "'10.1.2.3:1' in the clear",
            "give --control-tls-ca FILE or --tls"),
        fault(
            "status --target 10.1.2.3:1 --control-token-file {}/token",
            "'10.1.2.3:1' in the clear",
            "give --control-tls-ca FILE or --tls"),
        fault("deploy x --target h:1 --control-tls-ca {}/noise", "{}/noise", "PEM form"),
        fault("deploy x --target h:1 --control-tls-cert {}/noise", "{}/noise", "--control-tls-key"),
        fault("deploy x --target h:1 --control-tls-key {}/noise", "{}/noise", "--control-tls-cert"),
        fault(
            "deploy x --target h:1 --control-tls-key {}/noise --control-tls-cert {}/noise",
            "{}/noise",
            "PKCS#8"),
        fault("status", "no instance is given", "--home DIR"),
        fault("status --home {}/none", "{}/none", "check the path"),
        fault("status --target h:1 --timeout x", "'x'", "write it like"),
        fault("rollback", "no instance is given", "--target host:port"),
        fault("rollback --home {}/none", "{}/none", "check the path"),
        fault(
            "rollback --home {}/home", "no launcher runs in the home '{}/home'", "fastdeploy run"),
        fault("activate x", "--home is missing", "directory"),
        fault("activate x --home {}/home", "no launcher runs in the home", "fastdeploy run"),
        fault("stage x --home {}/home", "--store is missing", "place of the releases"),
        fault("stage x --home {}/home --store {}/store", "--app is missing", "name"),
        fault("stage x --home {}/none --store {}/store --app a", "{}/none", "check the path"),
        fault("stage x --home {}/home --store {}/store --app a", "x", "publish"),
        fault(
            "stage x --home {}/home --store {}/store --app a --home-max-bytes 1G",
            "1G",
            "--home-max-bytes"),
        fault("stage x --home {}/home --store ftp://h --app a", "ftp://h", "--store"),
        fault("publish {}/build --store {}/store --app a", "--commit", "fastdeploy help publish"),
        fault("publish {}/build --store {}/store --app a --comit x", "'--comit'", "help publish"),
        fault(
            "rollback --home {}/open", "(mode 777)", "run this as that user; otherwise remove it"),
        fault("cancel --home {}/home", "no launcher runs in the home", "fastdeploy run"),
        fault("publish {}/build --store {}/store --app a --commit a/b", "'a/b'", "use 1 to 128"),
        fault(
            "publish {}/gone --store {}/store --app a --commit x", "{}/gone", "name the directory"),
        fault("publish {}/build --app a --commit x", "--store is missing", "place of the releases"),
        fault("publish {}/build --store {}/store --app a/b --commit x", "a/b", "--app"),
        fault(
            "publish {}/build --store {}/store --app a --commit x --format zip",
            "'zip'",
            "write gz or zst"),
        fault("publish {}/build.zip --store {}/store --app a --commit x", "build.zip", ".tar.gz"));
  }

  static Stream<Arguments> faultsOfFleets() {
    return Stream.of(
        fault(
            "deploy x --fleet h:1 --target h:2 --app shop --env prod --store {}/store",
            "--target and --fleet",
            "give only one of them"),
        fault(
            "rollback --fleet h:1 --target h:2 --app shop --env prod --store {}/store",
            "--target and --fleet",
            "give only one of them"),
        fault(
            "reconcile --fleet h:1 --target h:2 --app shop --env prod --store {}/store",
            "--target and --fleet",
            "give only one of them"),
        fault("deploy x --target h:1 --canary 1", "--canary", "name one with --fleet"),
        fault("deploy x --target h:1 --on-event exec:true", "--on-event", "name one with --fleet"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --on-event ./hook",
            "--on-event './hook'",
            "write exec:COMMAND"),
        fault(
            "retry x --app shop --env prod --store {}/store --on-event exec:",
            "--on-event 'exec:'",
            "write exec:COMMAND"),
        fault("deploy x --target h:1 --lock-wait 1m", "--lock-wait", "name one with --fleet"),
        fault("deploy x --target h:1 --change-fleet", "--change-fleet", "name one with --fleet"),
        fault("rollback --target h:1 --reason why", "--reason", "name one with --fleet"),
        fault("plan x --app shop --env prod --store {}/store", "no fleet is given", "--fleet"),
        fault("reconcile --app shop --env prod --store {}/store", "no fleet is given", "--fleet"),
        fault(
            "plan x --fleet h:1 --target h:2 --app shop --env prod --store {}/store",
            "--target",
            "--fleet"),
        fault(
            "retry x --fleet h:1 --target h:2 --app shop --env prod --store {}/store",
            "--target",
            "--fleet"),
        fault(
            "reconcile --target h:1 --app shop --env prod --store {}/store",
            "no fleet is given",
            "--fleet"),
        fault(
            "deploy x --fleet h:1 --app shop --store {}/store", "no environment is given", "--env"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod",
            "--store is missing",
            "place of the releases"),
        fault("deploy x --fleet h:1 --env prod --store {}/store", "--app is missing", "name"),
        fault("deploy x --fleet h:1 --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault(
            "rollback --fleet h:1 --app shop --store {}/store", "no environment is given", "--env"),
        fault(
            "rollback --fleet h:1 --app shop --env prod",
            "--store is missing",
            "place of the releases"),
        fault("rollback --fleet h:1 --env prod --store {}/store", "--app is missing", "name"),
        fault("rollback --fleet h:1 --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault("plan x --fleet h:1 --app shop --store {}/store", "no environment is given", "--env"),
        fault(
            "plan x --fleet h:1 --app shop --env prod",
            "--store is missing",
            "place of the releases"),
        fault("plan x --fleet h:1 --env prod --store {}/store", "--app is missing", "name"),
        fault("plan x --fleet h:1 --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault(
            "reconcile --fleet h:1 --app shop --store {}/store",
            "no environment is given",
            "--env"),
        fault(
            "reconcile --fleet h:1 --app shop --env prod",
            "--store is missing",
            "place of the releases"),
        fault("reconcile --fleet h:1 --env prod --store {}/store", "--app is missing", "name"),
        fault(
            "plan x --json --fleet h:1 --app shop --env prod --store {}/store",
            "--json does not work for a plan",
            "omit it"),
        fault("reconcile --fleet h:1 --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault("retry x --app shop --store {}/store", "no environment is given", "--env"),
        fault("retry x --app shop --env prod", "--store is missing", "place of the releases"),
        fault("retry x --env prod --store {}/store", "--app is missing", "name"),
        fault("retry x --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault("watch --app shop --store {}/store", "no environment is given", "--env"),
        fault("watch --app shop --env prod", "--store is missing", "place of the releases"),
        fault("watch --env prod --store {}/store", "--app is missing", "name"),
        fault("watch --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault("history --app shop --store {}/store", "no environment is given", "--env"),
        fault("history --app shop --env prod", "--store is missing", "place of the releases"),
        fault("history --env prod --store {}/store", "--app is missing", "name"),
        fault("history --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault("abort --app shop --store {}/store", "no environment is given", "--env"),
        fault("abort --app shop --env prod", "--store is missing", "place of the releases"),
        fault("abort --env prod --store {}/store", "--app is missing", "name"),
        fault("abort --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault("pause --app shop --store {}/store", "no environment is given", "--env"),
        fault("pause --app shop --env prod", "--store is missing", "place of the releases"),
        fault("pause --env prod --store {}/store", "--app is missing", "name"),
        fault("pause --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault("resume --app shop --store {}/store", "no environment is given", "--env"),
        fault("resume --app shop --env prod", "--store is missing", "place of the releases"),
        fault("resume --env prod --store {}/store", "--app is missing", "name"),
        fault("resume --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault("promote --gate 1 --app shop --store {}/store", "no environment is given", "--env"),
        fault(
            "promote --gate 1 --app shop --env prod",
            "--store is missing",
            "place of the releases"),
        fault("promote --gate 1 --env prod --store {}/store", "--app is missing", "name"),
        fault("promote --gate 1 --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault("lock --reason why --app shop --store {}/store", "no environment is given", "--env"),
        fault(
            "lock --reason why --app shop --env prod",
            "--store is missing",
            "place of the releases"),
        fault("lock --reason why --env prod --store {}/store", "--app is missing", "name"),
        fault("lock --reason why --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault("unlock --app shop --store {}/store", "no environment is given", "--env"),
        fault("unlock --app shop --env prod", "--store is missing", "place of the releases"),
        fault("unlock --env prod --store {}/store", "--app is missing", "name"),
        fault("unlock --app shop --env a/b --store {}/store", "'a/b'", "--env"),
        fault(
            "deploy x --fleet nonsense --app shop --env prod --store {}/store",
            "'nonsense'",
            "write host:port"),
        fault(
            "deploy x --fleet file: --app shop --env prod --store {}/store",
            "'file:'",
            "write file:PATH"),
        fault(
            "deploy x --fleet exec: --app shop --env prod --store {}/store",
            "'exec:'",
            "write exec:COMMAND"),
        fault(
            "deploy x --fleet zookeeper://h/p --app shop --env prod --store {}/store",
            "'zookeeper://h/p'",
            "is not understood"),
        fault("deploy x --fleet h:1, --app shop --env prod --store {}/store", "'h:1,'", "write"),
        fault(
            "deploy x --fleet k8s:prod --app shop --env prod --store {}/store",
            "'k8s:prod'",
            "is not understood"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --canary many",
            "--canary 'many'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --canary -1",
            "--canary '-1'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --canary 101%",
            "--canary '101%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --canary 0.001%",
            "--canary '0.001%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --waves many",
            "--waves 'many'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --waves -1",
            "--waves '-1'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --waves 101%",
            "--waves '101%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --waves 0.001%",
            "--waves '0.001%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --min-ready many",
            "--min-ready 'many'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --min-ready -1",
            "--min-ready '-1'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --min-ready 101%",
            "--min-ready '101%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --min-ready 0.001%",
            "--min-ready '0.001%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-failed many",
            "--max-failed 'many'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-failed -1",
            "--max-failed '-1'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-failed 101%",
            "--max-failed '101%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-failed 0.001%",
            "--max-failed '0.001%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-unreachable many",
            "--max-unreachable 'many'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-unreachable -1",
            "--max-unreachable '-1'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-unreachable 101%",
            "--max-unreachable '101%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-unreachable 0.001%",
            "--max-unreachable '0.001%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --success-at many",
            "--success-at 'many'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --success-at -1",
            "--success-at '-1'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --success-at 101%",
            "--success-at '101%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --success-at 0.001%",
            "--success-at '0.001%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-unavailable many",
            "--max-unavailable 'many'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-unavailable -1",
            "--max-unavailable '-1'",
            "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-unavailable 101%",
            "--max-unavailable '101%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-unavailable 0.001%",
            "--max-unavailable '0.001%'", "give a number such as 3"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --max-unavailable 0",
            "--max-unavailable '0'",
            "give at least 1"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --staging 0",
            "--staging '0'",
            "give at least 1"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --judge-from 0",
            "--judge-from '0'",
            "give at least 1"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --staging many",
            "--staging",
            "fastdeploy help deploy"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --waves 5%,50%",
            "'5%,50%'", "the last one must be 100%"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --waves 50%,5%,100%",
            "'50%,5%,100%'", "they must rise"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --waves 5%,,100%",
            "--waves ''", "give a number"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --bake soon",
            "--bake",
            "write it like 500ms"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --gate-timeout soon",
            "--gate-timeout",
            "write it like 500ms"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --stage-timeout soon",
            "--stage-timeout",
            "write it like 500ms"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --progress-timeout soon",
            "--progress-timeout",
            "write it like 500ms"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --tail-timeout soon",
            "--tail-timeout",
            "write it like 500ms"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --lease soon",
            "--lease",
            "write it like 500ms"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --lock-wait soon",
            "--lock-wait",
            "write it like 500ms"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --timeout soon",
            "--timeout",
            "write it like 500ms"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --connect-timeout soon",
            "--connect-timeout",
            "write it like 500ms"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --pause-timeout soon",
            "--pause-timeout",
            "write it like 500ms"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --gate-timeout 0s",
            "--gate-timeout '0s' leaves no time",
            "write one like"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --stage-timeout 0s",
            "--stage-timeout '0s' leaves no time",
            "write one like"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --progress-timeout 0s",
            "--progress-timeout '0s' leaves no time",
            "write one like"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --tail-timeout 0s",
            "--tail-timeout '0s' leaves no time",
            "write one like"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --timeout 0s",
            "--timeout '0s' leaves no time",
            "write one like"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --connect-timeout 0s",
            "--connect-timeout '0s' leaves no time",
            "write one like"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --gate ./check.sh",
            "--gate './check.sh'",
            "write exec:COMMAND"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --gate exec:",
            "--gate 'exec:'",
            "write exec:COMMAND"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --on-failure panic",
            "--on-failure 'panic'",
            "rollback"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --lease 1s",
            "--lease '1s'",
            "give at least"),
        fault(
            "abort --lease 1s --app shop --env prod --store {}/store",
            "--lease '1s'",
            "give at least"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --deploy-id a/b",
            "'a/b'",
            "use 1 to 64 letters"),
        fault(
            "deploy x --fleet h:1 --app shop --env prod --store {}/store --strategy P!",
            "'P!'",
            "fastdeploy status"),
        fault("retry a/b --app shop --env prod --store {}/store", "'a/b'", "use 1 to 64 letters"),
        fault(
            "retry d-1 --app shop --env prod --store {}/store",
            "has no deploy 'd-1'",
            "fastdeploy history"),
        fault("retry", "ID", "fastdeploy help retry"),
        fault(
            "watch d-1 --app shop --env prod --store {}/store",
            "has no deploy 'd-1'",
            "fastdeploy history"),
        fault(
            "watch --app shop --env prod --store {}/store",
            "nothing has been deployed to 'prod' of 'shop' yet",
            ""),
        fault(
            "abort --app shop --env prod --store {}/store",
            "no deploy of 'prod' of 'shop' is under way",
            ""),
        fault(
            "pause --app shop --env prod --store {}/store",
            "no deploy of 'prod' of 'shop' is under way",
            ""),
        fault(
            "resume --app shop --env prod --store {}/store",
            "no deploy of 'prod' of 'shop' is under way",
            ""),
        fault(
            "promote --gate 1 --app shop --env prod --store {}/store",
            "no deploy of 'prod' of 'shop' is under way",
            ""),
        fault(
            "promote --app shop --env prod --store {}/store", "--gate", "fastdeploy help promote"),
        fault(
            "promote --gate 0 --app shop --env prod --store {}/store",
            "--gate '0'",
            "give the number"),
        fault(
            "promote --gate one --app shop --env prod --store {}/store",
            "'one'",
            "fastdeploy help promote"),
        fault("lock --app shop --env prod --store {}/store", "--reason", "fastdeploy help lock"),
        fault(
            "lock --reason why --until 2001-02-03T04:05:06Z --app shop --env prod --store {}/store",
            "--until '2001-02-03T04:05:06Z'",
            "is not in the future"),
        fault(
            "lock --reason why --until 0s --app shop --env prod --store {}/store",
            "--until '0s'",
            "is not in the future"),
        fault(
            "lock --reason why --until Tuesday --app shop --env prod --store {}/store",
            "--until 'Tuesday'",
            "2026-01-02T15:00:00Z"),
        fault(
            "lock --reason why --until tomorrow --app shop --env prod --store {}/store",
            "--until 'tomorrow'",
            "2026-01-02T15:00:00Z"),
        fault(
            "history --last 0 --app shop --env prod --store {}/store",
            "--last '0'",
            "write 1 or more"),
        fault(
            "history --last few --app shop --env prod --store {}/store",
            "'few'",
            "fastdeploy help history"));
  }

  private static Arguments fault(String commandLine, String value, String remedy) {
    return Arguments.of(commandLine, value, remedy);
  }

  @ParameterizedTest
  @MethodSource({"faults", "faultsOfFleets"})
  void isOneLineAndChangesNothing(String commandLine, String value, String remedy)
      throws IOException {
    List<String> before = files();

    CommandRun run =
        CommandRun.of(
            commandLine.isEmpty()
                ? new String[0]
                : commandLine.replace("{}", directory.toString()).split(" ", -1));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.err()).startsWith("fastdeploy: ").endsWith("\n");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .contains(value.replace("{}", directory.toString()))
        .contains(remedy)
        .doesNotContain("Exception", "internal error", "secret");
    assertThat(run.out()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void unreadableStateIsOneLine() throws IOException {
    Home home = new Home(directory.resolve("home"));
    DurableFiles.write(home.root().resolve("state/state"), new byte[] {1, 2, 3});

    CommandRun run = CommandRun.of("status", "--home", home.given().toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("cannot be read");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
