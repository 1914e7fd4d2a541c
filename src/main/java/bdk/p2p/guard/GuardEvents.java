package bdk.p2p.guard;

import bdk.p2p.message.Ban;
import bdk.p2p.message.Misbehaviour;
import java.net.InetAddress;

/** What a guard tells the floor above. Any thread; must not block or run user code. */
public interface GuardEvents {
  /** An address got points. */
  void misbehaved(InetAddress address, Misbehaviour what, int score, String detail);

  /** An address is banned from now on; its sessions are to be closed. */
  void banned(Ban ban);
}
