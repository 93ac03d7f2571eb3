package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets a place, and who has to go. */
class ConnectionsTest {

  private final Connections connections = new Connections(new ConnectionPlaces(4, 2, 2));
  private final List<Fake> gone = new ArrayList<>();
  private int ports;

  @Test
  void whoFloodsDrivesOutHimself() {
    Fake honest = admitted("honest");
    for (int i = 0; i < 1000; i++) {
      admitted("flood");
    }

    assertThat(connections.count(Role.NONE)).isEqualTo(4);
    assertThat(gone).hasSize(997).doesNotContain(honest);
    assertThat(connections.prove(honest.ends(), Role.DEPLOY)).isTrue();
    assertThat(honest.proven).isTrue();
  }

  @Test
  void ofOneAddressTheOldestGoes() {
    List<Fake> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(admitted("gateway"));
    }

    assertThat(gone).containsExactly(all.get(0), all.get(1));
  }

  @Test
  void theUnprovenTakeNoPlaceOfTheProven() {
    Fake deployer = admitted("a");
    assertThat(connections.prove(deployer.ends(), Role.DEPLOY)).isTrue();
    for (int i = 0; i < 100; i++) {
      admitted("a");
    }

    assertThat(gone).doesNotContain(deployer);
    assertThat(connections.count(Role.DEPLOY)).isEqualTo(1);
  }

  @Test
  void readersTakeNoPlaceOfDeployers() {
    for (int i = 0; i < 10; i++) {
      assertThat(connections.prove(admitted("reader").ends(), Role.READ)).isEqualTo(i < 2);
    }

    assertThat(connections.prove(admitted("deployer").ends(), Role.DEPLOY)).isTrue();
    assertThat(connections.prove(admitted("deployer").ends(), Role.DEPLOY)).isTrue();
    assertThat(connections.prove(admitted("deployer").ends(), Role.DEPLOY)).isFalse();
  }

  @Test
  void manyPipelinesComeFromOneAddress() {
    Connections roomy = new Connections(ConnectionPlaces.of(1024, 80));
    for (int i = 0; i < 64; i++) {
      Fake pipeline = new Fake("gateway");
      roomy.admit(pipeline);
      assertThat(roomy.prove(pipeline.ends(), Role.DEPLOY)).isTrue();
    }

    assertThat(gone).isEmpty();
    assertThat(roomy.count(Role.DEPLOY)).isEqualTo(64);
  }

  @Test
  void aPlaceIsFreeAgainAfterTheEnd() {
    Fake first = admitted("a");
    connections.prove(first.ends(), Role.READ);
    Fake second = admitted("a");
    connections.prove(second.ends(), Role.READ);
    assertThat(connections.prove(admitted("a").ends(), Role.READ)).isFalse();

    connections.ended(first);

    assertThat(connections.prove(admitted("a").ends(), Role.READ)).isTrue();
    assertThat(connections.count(Role.READ)).isEqualTo(2);
  }

  @Test
  void aReaderThatDeploysTakesADeployersPlace() {
    Fake one = admitted("a");
    connections.prove(one.ends(), Role.READ);
    connections.prove(one.ends(), Role.DEPLOY);
    connections.prove(one.ends(), Role.READ);

    assertThat(connections.count(Role.READ)).isZero();
    assertThat(connections.count(Role.DEPLOY)).isEqualTo(1);
  }

  @Test
  void onAUnixSocketTheMostSilentGoes() {
    List<Fake> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Fake local = new Fake("unix");
      local.heard = i == 5 ? -1 : i;
      all.add(local);
      connections.admitTrusted(local);
    }
    assertThat(gone).isEmpty();

    connections.admitTrusted(new Fake("unix"));

    assertThat(gone).containsExactly(all.get(5));
  }

  @Test
  void onlyTheCallsOfTheUnprovenCount() {
    Fake unproven = admitted("a");
    Fake proven = admitted("a");
    connections.prove(proven.ends(), Role.READ);
    connections.unprovenCall(unproven.ends());
    connections.unprovenCall(proven.ends());
    connections.unprovenCall(new Fake("a").ends());

    assertThat(unproven.calls).isEqualTo(1);
    assertThat(proven.calls).isZero();
  }

  private Fake admitted(String host) {
    Fake fake = new Fake(host);
    connections.admit(fake);
    return fake;
  }

  private final class Fake implements Connections.Connection {

    private final String host;
    private final Connections.Ends ends =
        new Connections.Ends(InetSocketAddress.createUnresolved("client", ++ports), null);
    private boolean proven;
    private int calls;
    private long heard;

    Fake(String host) {
      this.host = host;
    }

    @Override
    public Connections.Ends ends() {
      return ends;
    }

    @Override
    public String host() {
      return host;
    }

    @Override
    public long heardAtNanos() {
      return heard;
    }

    @Override
    public void proven() {
      proven = true;
    }

    @Override
    public void unprovenCall() {
      calls++;
    }

    @Override
    public void giveUpPlace() {
      gone.add(this);
    }
  }
}
