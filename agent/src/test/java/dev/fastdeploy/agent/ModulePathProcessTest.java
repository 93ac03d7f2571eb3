package dev.fastdeploy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.AgentProcessTest.Java;
import dev.fastdeploy.agent.testing.ControlClient;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.LauncherSide;
import dev.fastdeploy.agent.testing.ServiceFixture;
import dev.fastdeploy.agent.testing.TestJar;
import dev.fastdeploy.agent.testing.TestService;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.GetStatusRequest;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.ModuleVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An application on the module path that has other versions of what the agent uses. Each class of
 * theirs is empty, so that nothing of the agent works which meets one.
 */
class ModulePathProcessTest {

  private static final Duration LONG = Duration.ofSeconds(40);

  private static final List<String> OLD =
      List.of(
          "com.google.common.base.Preconditions",
          "com.google.common.collect.ImmutableList",
          "com.google.protobuf.Message",
          "com.google.protobuf.GeneratedMessage",
          "io.grpc.Metadata",
          "io.grpc.ServerBuilder",
          "io.grpc.internal.GrpcUtil",
          "io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder",
          "io.grpc.netty.shaded.io.netty.channel.Channel",
          "org.slf4j.LoggerFactory",
          "dev.fastdeploy.agent.runtime.Agent",
          "dev.fastdeploy.control.v1.InstanceStatus");

  private @TempDir Path root;

  @ParameterizedTest
  @CsvSource({"RUNNING,true", "RUNNING,false", "NEWEST,true", "NEWEST,false"})
  void putsNothingInTheAgentsWay(Java java, boolean automatic) throws Exception {
    ServiceFixture service = new ServiceFixture(root);
    Path modules = service.home().current().toRealPath().resolve("modules");
    TestJar libraries = new TestJar();
    OLD.forEach(name -> libraries.bytes(name.replace('.', '/') + ".class", emptyClass(name)));
    TestJar application =
        new TestJar().types(List.of(TestService.class, TestService.OwnLogManager.class));
    if (automatic) {
      libraries.text("META-INF/services/io.grpc.LoadBalancerProvider", "io.grpc.Metadata\n");
    } else {
      libraries.bytes("module-info.class", libraryModule());
      application.bytes("module-info.class", applicationModule());
    }
    libraries.write(modules.resolve("old.jar"));
    application.write(modules.resolve("app.jar"));
    try (LauncherSide launcher =
            LauncherSide.listen(service.channel(), LauncherSide::acknowledging);
        Jvm jvm =
            service.startModule(
                java.home(), modules, "app/" + TestService.class.getName(), "ready.after=1s");
        ControlClient client = ControlClient.of(service.address())) {
      await()
          .atMost(LONG)
          .until(() -> launcher.received(ChannelMessage.Listening.class) || !jvm.said().isEmpty());

      assertThat(jvm.said()).isEmpty();
      assertThat(client.control().getStatus(GetStatusRequest.getDefaultInstance()).getStagedList())
          .containsExactly("aaa", "bbb");
      DeployRequest request =
          DeployRequest.newBuilder().setDeployId("d1").setCommit("bbb").setSequence(10).build();
      assertThatThrownBy(() -> client.control().deploy(request).forEachRemaining(event -> {}))
          .isInstanceOf(StatusRuntimeException.class);
      assertThat(jvm.exitCode()).isEqualTo(75);
    }
  }

  private static byte[] emptyClass(String name) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V1_8, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", null);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] libraryModule() {
    ClassWriter writer = new ClassWriter(0);
    ModuleVisitor module = module(writer, "old");
    OLD.stream()
        .map(name -> name.substring(0, name.lastIndexOf('.')).replace('.', '/'))
        .distinct()
        .forEach(exported -> module.visitExport(exported, 0));
    module.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] applicationModule() {
    ClassWriter writer = new ClassWriter(0);
    ModuleVisitor module = module(writer, "app");
    module.visitRequire("java.logging", 0, null);
    module.visitRequire("old", 0, null);
    module.visitExport(TestService.class.getPackageName().replace('.', '/'), 0);
    module.visitEnd();
    return writer.toByteArray();
  }

  private static ModuleVisitor module(ClassWriter writer, String name) {
    writer.visit(Opcodes.V9, Opcodes.ACC_MODULE, "module-info", null, null, null);
    ModuleVisitor module = writer.visitModule(name, 0, null);
    module.visitRequire("java.base", Opcodes.ACC_MANDATED, null);
    return module;
  }
}
