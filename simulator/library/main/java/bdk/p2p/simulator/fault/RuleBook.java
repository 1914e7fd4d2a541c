package bdk.p2p.simulator.fault;

import java.util.ArrayList;
import java.util.List;

/** The rules in force. Any thread; guarded by this. */
public final class RuleBook {
  private final List<Rule> rules = new ArrayList<>();
  private volatile boolean empty = true;

  /** Puts a rule in force, behind those there are. */
  public synchronized void add(Rule rule) {
    rules.add(rule);
    empty = false;
  }

  /** Takes a rule out of force. */
  public synchronized void remove(Rule rule) {
    rules.remove(rule);
    empty = rules.isEmpty();
  }

  /** True if everything passes. */
  public boolean isEmpty() {
    return empty;
  }

  /** What all rules together make of a passage: the first that stops it decides. */
  public synchronized Fate judge(Passage passage) {
    Fate fate = Fate.PASS;
    for (int index = 0; index < rules.size() && fate.outcome() == Fate.Outcome.PASS; index++) {
      fate = fate.then(rules.get(index).judge(passage));
    }
    return fate;
  }
}
