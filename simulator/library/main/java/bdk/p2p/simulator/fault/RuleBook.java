package bdk.p2p.simulator.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rules in force, and the way to cut what is open now. Any thread; guarded by this. */
public final class RuleBook {
  private final List<Rule> rules = new ArrayList<>();
  private Cutter cutter = ends -> 0;
  private volatile boolean empty = true;

  /** Resets connections that are open now. */
  @FunctionalInterface
  public interface Cutter {
    /** Resets, at both ends, the connections whose ends are of these; returns how many. */
    int cut(EndsFilter ends);
  }

  /** Which connections, by the indexes of the hosts at their ends. */
  @FunctionalInterface
  public interface EndsFilter {
    /** True for a connection of these two. */
    boolean matches(int dialler, int acceptor);
  }

  /** Nothing is in force. */
  public RuleBook() {}

  /** Puts a rule in force, behind those there are of its rank. */
  public synchronized void add(Rule rule) {
    rules.add(rule);
    rules.sort(Comparator.comparingInt(Rule::rank));
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

  /**
   * What all rules together make of a passage: the first that stops it decides. Where one lets the
   * first bytes pass and holds the others, those behind it are asked about these first bytes, if
   * they {@linkplain Rule#takesPieces take pieces}.
   */
  public synchronized Fate judge(Passage passage) {
    Fate fate = Fate.PASS;
    Passage passing = passage;
    for (int index = 0; index < rules.size() && fate.isUnderWay(); index++) {
      Rule rule = rules.get(index);
      if (passing == passage || rule.takesPieces()) {
        fate = fate.then(ask(rule, passing));
      }
      if (fate.passedBytes() < passing.byteCount()) {
        passing = passing.beginning(fate.passedBytes());
      }
    }
    return fate;
  }

  private static Fate ask(Rule rule, Passage passage) {
    Fate fate = rule.judge(passage);
    if (fate == null) {
      throw new NullPointerException("the rule " + rule + " gave no fate for " + passage);
    }
    return fate;
  }

  /** Says who can cut connections; the backend, once. */
  public synchronized void cutter(Cutter backend) {
    cutter = backend;
  }

  /** Cuts connections that are open now. Driver only; returns how many. */
  public int cut(EndsFilter ends) {
    Cutter backend;
    synchronized (this) {
      backend = cutter;
    }
    return backend.cut(ends);
  }
}
