package bdk.p2p.guard;

import bdk.p2p.budget.AddressBlock;

/**
 * How much each address has misbehaved lately: points that fade, half of them in each half-life.
 * For one thread at a time; bounded, the address that misbehaved least recently is forgotten.
 */
final class Scores {
  private record Score(double points, long asOfNanos) {}

  private final long halfLifeNanos;
  private final Recent<AddressBlock, Score> scores;

  Scores(long halfLifeNanos, int limit) {
    this.halfLifeNanos = halfLifeNanos;
    this.scores = new Recent<>(limit);
  }

  /** Adds points; returns what the score is now. */
  double add(AddressBlock who, int points, long nowNanos) {
    double now = of(who, nowNanos) + points;
    scores.put(who, new Score(now, nowNanos));
    return now;
  }

  double of(AddressBlock who, long nowNanos) {
    Score score = scores.get(who);
    if (score == null) {
      return 0;
    }
    double halfLives = (double) (nowNanos - score.asOfNanos) / halfLifeNanos;
    return score.points * Math.pow(0.5, Math.max(0, halfLives));
  }

  void forget(AddressBlock who) {
    scores.remove(who);
  }

  int count() {
    return scores.size();
  }
}
