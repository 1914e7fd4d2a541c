const symbols = ["circle", "triangle", "rect", "diamond", "pin", "roundRect"];

function drawRequests() {
  const place = section("requests");
  place.append(note("Requests that ended, of the nodes themselves and of the workload: "
    + (Object.entries(content.requests)
      .filter(([, number]) => number > 0)
      .map(([outcome, number]) => `${outcome} ${count(number)}`)
      .join(", ") || "none") + "."));
  place.append(element("h3", {}, "Latency of the workload's requests"));
  const outcomes = content.outcomes;
  if (outcomes.length === 0) {
    place.append(empty("This run kept no latencies of single requests."));
    return;
  }
  place.append(latencyChart(outcomes).place, latencyTable(outcomes));
  const shown = outcomes.reduce((sum, outcome) => sum + outcome.points.length, 0);
  if (content.run.counts.requests > shown) {
    place.append(note(`Drawn are ${count(shown)} of ${count(content.run.counts.requests)} requests, `
      + "the slowest of each outcome among them; the table counts all."));
  }
}

function latencyChart(outcomes) {
  const took = outcomes.flatMap((outcome) => outcome.points.map((point) => point[1]));
  const most = took.reduce((a, b) => Math.max(a, b), 0);
  const least = took.reduce((a, b) => Math.min(a, b), Infinity);
  // A logarithm has no zero.
  const logarithmic = most > 20 * Math.max(0.1, least);
  return chart({
    id: "requests-chart",
    description: "Time that requests took, by the time they were asked and by outcome.",
    height: (width) => (width < 640 ? 280 : 320),
    options: (colours, width) => ({
      grid: runGrid(width, { top: 58, left: width < 640 ? 58 : 64 }),
      legend: legend(colours, outcomes.map((outcome) => outcome.outcome)),
      xAxis: runTime(colours),
      yAxis: axis(colours, {
        type: logarithmic ? "log" : "value",
        min: logarithmic ? Math.pow(10, Math.floor(Math.log10(Math.max(0.1, least)))) : 0,
        name: logarithmic ? "took (logarithmic)" : "took",
        nameTextStyle: { color: colours.muted, align: "left" },
        nameGap: 8,
        axisLabel: { formatter: (value) => shortMillis(value) },
      }),
      tooltip: {
        ...tooltipStyle(colours),
        trigger: "item",
        formatter: (point) => tip(point.seriesName, [
          { text: "asked at " + seconds(point.value[0]) },
          { text: "took " + millis(point.value[1]) },
        ]),
      },
      series: outcomes.map((outcome, index) => ({
        name: outcome.outcome,
        type: "scatter",
        symbol: symbols[index % symbols.length],
        symbolSize: outcome.points.length > 800 ? 4 : 7,
        itemStyle: { opacity: outcome.points.length > 800 ? 0.6 : 0.85 },
        data: outcome.points.map(([at, time]) => [at, logarithmic ? Math.max(0.1, time) : time]),
      })),
    }),
  });
}

function latencyTable(outcomes) {
  const figure = (name) => ({
    heading: name,
    number: true,
    text: (outcome) => millis(outcome[name + "Millis"]),
  });
  return table("Request latency by outcome", [
    { heading: "Outcome", text: (outcome) => outcome.outcome },
    { heading: "Requests", number: true, text: (outcome) => count(outcome.count) },
    ...["p50", "p95", "p99", "max"].map(figure),
  ], outcomes);
}
