const dashes = ["solid", "dashed", "dotted"];

function drawPropagation() {
  const place = section("propagation");
  const streams = content.propagation;
  if (streams.length === 0) {
    place.append(empty("This scenario broadcasts nothing."));
    return;
  }
  let stream = streams[0];
  const figures = element("div");
  const lead = note("");
  const made = chart({
    id: "propagation-chart",
    description: "Share of the expected nodes reached, by time since publication and by region; "
      + "the table below has its percentiles.",
    height: (width) => (width < 640 ? 360 : 400),
    options: (colours, width) => propagationOptions(stream, logarithmic.checked, colours, width),
  });
  const nothing = empty("Nothing of this stream arrived anywhere.");
  const toggle = checkbox("Logarithmic time", false, () => made.draw());
  const logarithmic = toggle.querySelector("input");
  const show = (index) => {
    stream = streams[index];
    logarithmic.checked = stream.maxMillis > 8 * stream.p50Millis;
    lead.textContent = propagationLead(stream);
    figures.replaceChildren(propagationTable(stream));
    nothing.hidden = stream.reach.length > 0;
    made.place.hidden = !nothing.hidden;
    if (nothing.hidden) {
      made.draw();
    }
  };
  const names = streams.map((one) => one.stream);
  place.append(
    element("div", { class: "controls" }, choice("Stream", names, show), toggle),
    lead, made.place, nothing, figures);
  if (content.run.counts.streams > streams.length) {
    place.append(note(
      `Shown are the first ${count(streams.length)} of ${count(content.run.counts.streams)} streams.`));
  }
  show(0);
}

function propagationLead(stream) {
  return `${counted(stream.broadcasts, "broadcast")} of ${stream.stream} reached `
    + `${count(stream.delivered)} of ${count(stream.expected)} expected nodes, with `
    + `${three.format(stream.duplicatesPerDelivery)} duplicates per delivery.`;
}

function propagationOptions(stream, logarithmic, colours, width) {
  // A logarithm has no zero.
  const least = logarithmic ? 0.1 : 0;
  const first = Math.min(...stream.reach.map((point) => point.afterMillis));
  const start = logarithmic ? Math.max(least, first / 2) : 0;
  const line = (name, reach, colour, more) => ({
    name,
    type: "line",
    step: reach.length < 100 ? "end" : false,
    symbol: "none",
    itemStyle: { color: colour },
    data: [[start, 0], ...reach.map((point) => [Math.max(least, point.afterMillis), point.share])],
    ...more,
  });
  const regions = stream.regions.map((region, index) => {
    const colour = colours.series[index % colours.series.length];
    const type = dashes[Math.floor(index / colours.series.length) % dashes.length];
    return line(region.region, region.reach, colour, { lineStyle: { width: 1.5, type, color: colour } });
  });
  const marks = percentileMarks(stream, logarithmic, start, colours, width);
  const all = line("all nodes", stream.reach, colours.text, {
    lineStyle: { width: 3, color: colours.text },
    z: 5,
    markLine: marks.line,
  });
  return {
    grid: { left: 52, right: 28, top: 42 + 18 * marks.levels, bottom: 48 },
    legend: legend(colours, [all.name, ...regions.map((region) => region.name)]),
    xAxis: axis(colours, {
      type: logarithmic ? "log" : "value",
      min: logarithmic ? Math.pow(10, Math.floor(Math.log10(start))) : 0,
      name: "time since publication",
      nameLocation: "middle",
      nameGap: 28,
      axisLabel: { formatter: (value) => shortMillis(value) },
      axisPointer: { label: { formatter: (pointer) => millis(pointer.value) } },
    }),
    yAxis: axis(colours, {
      type: "value",
      min: 0,
      max: 1,
      axisLabel: { formatter: (share) => Math.round(share * 100) + " %" },
    }),
    tooltip: {
      ...tooltipStyle(colours),
      trigger: "axis",
      formatter: (points) => tip(
        "after " + millis(points[0].axisValue),
        points.map((point) => ({
          colour: point.color,
          text: `${point.seriesName}: ${percent(point.value[1])}`,
        }))),
    },
    series: [...regions, all],
  };
}

/** Lines at the percentiles; the label of one that is near another is higher. */
function percentileMarks(stream, logarithmic, start, colours, width) {
  const scale = (at) => (logarithmic ? Math.log(at / start) : at);
  const toPixels = width / Math.max(1e-9, scale(Math.max(0.1, stream.maxMillis)));
  const marks = ["p99", "p95", "p50"].map((name) => ({
    name,
    at: Math.max(0.1, stream[name + "Millis"]),
    level: 0,
  }));
  marks.forEach((mark, index) => {
    const before = marks[index - 1];
    if (before && (scale(before.at) - scale(mark.at)) * toPixels < 130) {
      mark.level = before.level + 1;
    }
  });
  const line = {
    silent: true,
    symbol: "none",
    lineStyle: { color: colours.muted, type: "dashed" },
    data: marks.map(({ name, at, level }) => ({
      xAxis: at,
      label: {
        formatter: () => `${name}  ${millis(at)}`,
        color: colours.text,
        fontSize: 13,
        distance: 4 + 18 * level,
      },
    })),
  };
  return { line, levels: 1 + Math.max(...marks.map((mark) => mark.level)) };
}

function propagationTable(stream) {
  const figure = (name) => ({
    heading: name,
    number: true,
    text: (row) => (row.delivered ? millis(row[name + "Millis"]) : "–"),
  });
  return table("Propagation by region", [
    { heading: "Region", text: (row) => row.region },
    {
      heading: "Delivered",
      number: true,
      text: (row) => `${count(row.delivered)} of ${count(row.expected)}`,
    },
    ...["p50", "p95", "p99", "max"].map(figure),
  ], [{ ...stream, region: "all nodes" }, ...stream.regions]);
}
