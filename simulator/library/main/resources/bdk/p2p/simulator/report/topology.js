function drawTopology() {
  const place = section("topology");
  const { nodes, broadcasts } = content.topology;
  if (nodes.length === 0 || broadcasts.length === 0) {
    place.append(empty(nodes.length === 0
      ? "This run had no nodes."
      : "This run published no broadcast that could be followed through the network."));
    return;
  }
  const view = { broadcast: broadcasts[0], afterTenths: 0, lastTenths: 0 };
  const made = topologyChart(view);
  const shown = element("output", { for: "since", "aria-live": "polite" });
  const slider = element("input", { type: "range", id: "since", min: "0" });
  const legend = element("p", { class: "legend" });
  const moved = () => {
    view.afterTenths = Number(slider.value);
    const told = reachedBy(view);
    shown.textContent = told;
    slider.setAttribute("aria-valuetext", told);
    made.colour();
  };
  slider.addEventListener("input", moved);
  const choose = (index) => {
    view.broadcast = broadcasts[index];
    view.lastTenths = view.broadcast.tenths.reduce((a, b) => Math.max(a, b), 0);
    slider.max = String(Math.max(1, view.lastTenths));
    slider.step = "1";
    slider.value = slider.max;
    legend.replaceChildren(...arrivalLegend(view));
    made.draw();
    moved();
  };
  place.append(
    element("div", { class: "controls" }, choice("Broadcast", broadcasts.map(broadcastName), choose)),
    element(
      "div",
      { class: "slider" },
      element("label", { for: "since" }, "Time since publication"),
      slider,
      playButton(slider, moved),
      shown,
    ),
    made.place, legend, ...topologyNotes());
  steps(slider, view, moved);
  choose(0);
}

function broadcastName(broadcast) {
  const origin = content.topology.nodes[broadcast.origin];
  return `${broadcast.stream} at ${seconds(broadcast.publishedAtMillis)}`
    + (origin ? ` by ${origin.id}` : "")
    + `, ${bytes(broadcast.bytes)}, reached ${count(broadcast.reached)}`;
}

function reachedBy(view) {
  const there = view.broadcast.tenths.filter((at) => at >= 0 && at <= view.afterTenths).length;
  const ever = view.broadcast.tenths.filter((at) => at >= 0).length;
  return `${millis(view.afterTenths / 10)} after publication: ${count(there)} of the `
    + `${counted(ever, "node")} that it reached have it.`;
}

/** A keyboard step is a fiftieth of the whole; the pointer moves freely. */
function steps(slider, view, moved) {
  slider.addEventListener("keydown", (event) => {
    const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (direction) {
      event.preventDefault();
      const step = Math.max(1, Math.round(view.lastTenths / 50));
      slider.value = String(Number(slider.value) + direction * step);
      moved();
    }
  });
}

/** Runs the slider from the beginning to the end in four seconds. */
function playButton(slider, moved) {
  let playing = 0;
  const button = element("button", { type: "button" }, "Play");
  const stop = () => {
    cancelAnimationFrame(playing);
    playing = 0;
    button.textContent = "Play";
  };
  const play = (begun) => {
    const part = Math.min(1, (performance.now() - begun) / 4000);
    slider.value = String(Math.round(part * Number(slider.max)));
    moved();
    playing = part < 1 ? requestAnimationFrame(() => play(begun)) : 0;
    button.textContent = part < 1 ? "Stop" : "Play";
  };
  button.addEventListener("click", () => (playing ? stop() : play(performance.now())));
  return button;
}

function arrivalLegend(view) {
  return [
    element(
      "span",
      {},
      "at once",
      element("i", { class: "ramp" }),
      "after " + millis(view.lastTenths / 10),
    ),
    element("span", {}, element("i", { class: "sign origin" }), "published it"),
    element("span", {}, element("i", { class: "sign" }), "has it not"),
    element("span", {}, element("i", { class: "sign square" }), "discovery node"),
  ];
}

function topologyNotes() {
  const { nodes, broadcasts, links, linkCount } = content.topology;
  const counts = content.run.counts;
  const notes = ["Lines are the sessions that were open when the broadcast was published."];
  if (counts.nodes > nodes.length) {
    notes.push(`Drawn are ${count(nodes.length)} of ${count(counts.nodes)} nodes.`);
  }
  if (counts.broadcasts > broadcasts.length) {
    notes.push(`${count(broadcasts.length)} of ${count(counts.broadcasts)} broadcasts can be chosen, `
      + "the slowest of each stream among them.");
  }
  if (linkCount > links.length) {
    notes.push(`Drawn are ${count(links.length)} of ${count(linkCount)} sessions.`);
  }
  return [note(notes.join(" "))];
}

function topologyChart(view) {
  const made = chart({
    id: "topology-chart",
    description: "Nodes by region, and the links between them; a node's colour is the time at which "
      + "the chosen broadcast reached it. The sentence above says how many it has reached.",
    height: topologyHeight,
    options: (colours, width) => {
      view.places = placeByRegion(width, topologyHeight(width));
      return topologyOptions(view, colours, width);
    },
  });
  made.colour = () => made.drawn.setOption({
    series: [{ id: "nodes", data: nodePoints(view, palette()) }],
  });
  return made;
}

function topologyHeight(width) {
  return width < 640 ? 560 : 600;
}

function topologyOptions(view, colours, width) {
  const { positions, labels } = view.places;
  const links = openLinks(view.broadcast);
  const paths = linkPaths(links, positions);
  const opacity = Math.max(0.08, Math.min(0.4, 120 / Math.max(1, links.length)));
  return {
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: { type: "value", min: 0, max: width, show: false },
    yAxis: { type: "value", min: 0, max: topologyHeight(width), inverse: true, show: false },
    tooltip: {
      ...tooltipStyle(colours),
      trigger: "item",
      formatter: (point) => nodeTip(content.topology.nodes[point.dataIndex], view, point.dataIndex),
    },
    series: [
      {
        type: "custom",
        silent: true,
        z: 1,
        data: paths.map(() => [0, 0]),
        renderItem: ({ dataIndex }) => ({
          type: "path",
          shape: { pathData: paths[dataIndex] },
          style: { stroke: colours.muted, fill: "none", lineWidth: 1, opacity },
        }),
      },
      {
        type: "scatter",
        silent: true,
        symbolSize: 0.1,
        itemStyle: { opacity: 1 },
        z: 4,
        data: labels.map(({ name, at }) => ({
          value: at,
          label: {
            show: true,
            formatter: () => name,
            color: colours.text,
            fontWeight: "bold",
            fontSize: 13,
            backgroundColor: colours.surface,
            padding: [1, 4],
            borderRadius: 3,
          },
        })),
      },
      {
        id: "nodes",
        type: "scatter",
        z: 3,
        data: nodePoints(view, colours),
      },
    ],
  };
}

function openLinks(broadcast) {
  const at = broadcast.publishedAtMillis;
  return content.topology.links.filter(([, , from, until]) => from <= at && at <= until);
}

const PATHS = 64;

/** The links as a few paths: fewer things to draw, and still darker where many of them cross. */
function linkPaths(links, positions) {
  const paths = Array.from({ length: Math.min(PATHS, links.length) }, () => []);
  links.forEach(([a, b], index) => {
    const end = (node) => positions[node].map((number) => number.toFixed(1)).join(" ");
    paths[index % PATHS].push(`M${end(a)}L${end(b)}`);
  });
  return paths.map((path) => path.join(""));
}

/** Each region is a disc in a cell of its own, its nodes in a spiral that fills the disc. */
function placeByRegion(width, height) {
  const members = new Map();
  content.topology.nodes.forEach((node, index) => {
    const region = regionName(node);
    members.set(region, [...(members.get(region) ?? []), index]);
  });
  const columns = Math.min(members.size, width < 640 ? 2 : 3);
  const rows = Math.ceil(members.size / columns);
  const largest = Math.max(...[...members.values()].map((list) => list.length));
  const cell = { width: width / columns, height: height / rows };
  const most = Math.min(cell.width, cell.height - 24) / 2 - 14;
  const positions = [];
  const labels = [];
  const inOrder = [...content.regions, "other"].filter((name) => members.has(name));
  inOrder.forEach((name, index) => {
    const list = members.get(name);
    const x = (index % columns + 0.5) * cell.width;
    const y = (Math.floor(index / columns) + 0.5) * cell.height + 10;
    const radius = most * Math.max(0.35, Math.sqrt(list.length / largest));
    list.forEach((node, nth) => {
      const turn = nth * Math.PI * (3 - Math.sqrt(5));
      const out = list.length === 1 ? 0 : radius * Math.sqrt((nth + 0.5) / list.length);
      positions[node] = [x + out * Math.cos(turn), y + out * Math.sin(turn)];
    });
    labels.push({ name: `${name} (${count(list.length)})`, at: [x, y - radius - 14] });
  });
  // As large as the densest disc has room for.
  const size = Math.max(3.5, Math.min(14, 1.3 * most / Math.sqrt(largest)));
  return { positions, labels, size };
}

function nodePoints(view, colours) {
  const nodes = content.topology.nodes;
  const size = view.places.size;
  return nodes.map((node, index) => {
    const at = view.broadcast.tenths[index];
    const isOrigin = index === view.broadcast.origin;
    const has = isOrigin || at >= 0 && at <= view.afterTenths;
    const part = isOrigin || view.lastTenths === 0 ? 0 : at / view.lastTenths;
    return {
      value: view.places.positions[index],
      symbol: node.type === "discovery" ? "rect" : "circle",
      symbolSize: isOrigin ? size + 5 : size,
      itemStyle: {
        opacity: 1,
        color: has ? mix(colours.arrival, part) : colours.surface,
        borderColor: isOrigin ? colours.text : has ? colours.surface : colours.muted,
        borderWidth: isOrigin ? 3 : has ? 0.5 : 1.2,
      },
    };
  });
}

function nodeTip(node, view, index) {
  const at = view.broadcast.tenths[index];
  const arrival = index === view.broadcast.origin
    ? "published it"
    : at >= 0 ? `reached after ${millis(at / 10)}` : "not reached";
  return tip(node.id, [
    { text: `${regionName(node)}, ${node.type}` },
    { text: arrival },
    { text: counted(node.peers, "peer") + " at the end" },
  ]);
}

/** The colour at this part, 0 to 1, of a way along these colours. */
function mix(colours, part) {
  const at = Math.min(1, Math.max(0, part)) * (colours.length - 1);
  const from = Math.min(colours.length - 2, Math.floor(at));
  const channel = (colour, index) => parseInt(colour.slice(1 + 2 * index, 3 + 2 * index), 16);
  const mixed = [0, 1, 2].map((index) => Math.round(
    channel(colours[from], index) * (1 - at + from) + channel(colours[from + 1], index) * (at - from)));
  return `rgb(${mixed.join(",")})`;
}
