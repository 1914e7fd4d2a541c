const RUN_TIME = "run-time";

function drawOverTime() {
  const place = section("overtime");
  const samples = content.samples;
  if (samples.length < 2) {
    place.append(empty("This run kept no samples of sessions, bytes and duplicates over time."));
  } else {
    drawSamples(place);
  }
  if (content.run.counts.samples > samples.length) {
    place.append(note(
      `Drawn from ${count(samples.length)} of ${count(content.run.counts.samples)} samples.`));
  }
  drawFaults(place);
  echarts.connect(RUN_TIME);
}

function drawSamples(place) {
  const over = (title, id, lines, form = (value) => short(value)) =>
    place.append(element("h3", {}, title), timeChart(title, id, lines, form));
  over("Sessions open", "sessions-chart", [["sessions", (one) => one.sessions]]);
  over("Nodes up", "nodes-up-chart", [["nodes up", (one) => one.nodesUp]]);
  over("Bytes per second, of all nodes", "bytes-chart", [
    ["in", rate("bytesIn")],
    ["out", rate("bytesOut")],
  ], (value) => bytes(value));
  over("Deliveries and duplicates per second", "duplicates-chart", [
    ["duplicates", rate("duplicates")],
    ["deliveries", rate("deliveries")],
  ]);
}

/** How fast a total grew since the sample before. */
function rate(name) {
  return (one, index, all) => {
    const before = index === 0 ? { atMillis: 0, [name]: 0 } : all[index - 1];
    const passed = one.atMillis - before.atMillis;
    return passed > 0 ? Math.max(0, (one[name] - before[name]) / passed * 1000) : 0;
  };
}

function timeChart(title, id, lines, form) {
  return chart({
    id,
    description: title + ", over the time of the run.",
    group: RUN_TIME,
    height: (width) => (width < 640 ? 170 : 190),
    options: (colours, width) => ({
      grid: runGrid(width, { top: lines.length > 1 ? 36 : 14 }),
      legend: lines.length > 1 ? legend(colours, lines.map(([name]) => name)) : undefined,
      xAxis: runTime(colours),
      yAxis: axis(colours, {
        type: "value",
        min: 0,
        minInterval: 1,
        splitNumber: 3,
        axisLabel: { formatter: (value) => short(value) },
      }),
      tooltip: {
        ...tooltipStyle(colours),
        trigger: "axis",
        formatter: (points) => tip("at " + seconds(points[0].axisValue), points.map((point) => ({
          colour: point.color,
          text: `${point.seriesName}: ${form(point.value[1])}`,
        }))),
      },
      series: lines.map(([name, value], index) => ({
        name,
        type: "line",
        symbol: "none",
        lineStyle: { width: 2, type: dashes[index] },
        areaStyle: lines.length === 1 ? { opacity: 0.12 } : undefined,
        data: content.samples.map((one, at, all) => [one.atMillis, value(one, at, all)]),
      })),
    }),
  }).place;
}

function drawFaults(place) {
  const faults = content.faults;
  place.append(element("h3", {}, "Faults"));
  if (faults.length === 0) {
    place.append(empty("This report lists no faults."));
    return;
  }
  place.append(faultChart(faults).place, faultTable(faults));
  if (content.run.counts.faults > faults.length) {
    place.append(note(
      `Shown are the first ${count(faults.length)} of ${count(content.run.counts.faults)} faults.`));
  }
}

const LANE = 34;

function faultChart(faults) {
  const kinds = [...new Set(faults.map((fault) => fault.kind))];
  const colour = (fault, colours) =>
    colours.series[kinds.indexOf(fault.kind) % colours.series.length];
  return chart({
    id: "faults-chart",
    description: "When each fault was at work; the table below has the same.",
    height: () => faults.length * LANE + 32,
    options: (colours, width) => ({
      grid: runGrid(width, { top: 4 }),
      xAxis: { ...runTime(colours), axisLine: { onZero: false, lineStyle: { color: colours.muted } } },
      yAxis: { type: "value", min: 0, max: faults.length, inverse: true, show: false },
      tooltip: {
        ...tooltipStyle(colours),
        trigger: "item",
        formatter: (point) => {
          const fault = faults[point.dataIndex];
          return tip(fault.id, faultLines(fault).map((text) => ({ text })));
        },
      },
      series: {
        type: "custom",
        encode: { x: [0, 1], y: 2 },
        data: faults.map((fault, lane) => [fault.fromMillis, fault.untilMillis, lane]),
        renderItem: (_, api) => faultLane(
          faults[api.value(2)], api, colour(faults[api.value(2)], colours), colours, width),
      },
    }),
  });
}

function faultLane(fault, api, colour, colours, width) {
  const [left, top] = api.coord([api.value(0), api.value(2)]);
  const right = api.coord([api.value(1), api.value(2)])[0];
  const grid = runGrid(width);
  const text = `${fault.id} · ${fault.kind} · ${bites(fault)}`;
  // Text that would leave the chart at its end begins further left.
  const room = width - grid.right - 7.2 * text.length;
  return {
    type: "group",
    children: [
      {
        type: "line",
        shape: { x1: grid.left, x2: width - grid.right, y1: top + LANE - 4, y2: top + LANE - 4 },
        style: { stroke: colours.line },
        silent: true,
      },
      {
        type: "rect",
        shape: { x: left, y: top + 19, width: Math.max(3, right - left), height: 9, r: 2 },
        style: { fill: colour, opacity: fault.bit ? 1 : 0.45 },
      },
      {
        type: "text",
        style: {
          text,
          x: Math.max(grid.left, Math.min(left, room)),
          y: top + 3,
          fill: colours.text,
          font: "12px " + colours.font,
          width: width - grid.left - grid.right,
          overflow: "truncate",
        },
        silent: true,
      },
    ],
  };
}

function faultLines(fault) {
  return [
    `${fault.kind}, ${seconds(fault.fromMillis)} to ${seconds(fault.untilMillis)}`,
    bites(fault),
    faultNodes(fault),
    fault.detail,
  ].filter(Boolean);
}

function bites(fault) {
  return fault.bit ? `bit ${counted(fault.bit, "time")}` : "never bit";
}

function faultNodes(fault) {
  const more = fault.nodeCount - fault.nodes.length;
  return fault.nodes.join(", ") + (more > 0 ? ` and ${count(more)} more` : "");
}

function faultTable(faults) {
  return table("Faults", [
    { heading: "Fault", text: (fault) => fault.id, key: (fault) => fault.id },
    { heading: "Kind", text: (fault) => fault.kind, key: (fault) => fault.kind },
    {
      heading: "From",
      number: true,
      text: (fault) => seconds(fault.fromMillis),
      key: (fault) => fault.fromMillis,
    },
    {
      heading: "Until",
      number: true,
      text: (fault) => seconds(fault.untilMillis),
      key: (fault) => fault.untilMillis,
    },
    { heading: "Bit", number: true, text: (fault) => count(fault.bit), key: (fault) => fault.bit },
    { heading: "Nodes", long: true, text: faultNodes },
    { heading: "Figures", long: true, text: (fault) => fault.detail },
  ], faults);
}
