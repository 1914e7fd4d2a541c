/** Every chart of the page; each can be drawn again, for another width or other colours. */
const charts = [];

/** The colours of the present scheme, from the style sheet. */
function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue("--" + name).trim();
  return {
    font: getComputedStyle(document.body).fontFamily,
    surface: read("surface"),
    text: read("text"),
    muted: read("muted"),
    line: read("line"),
    series: read("series").split(" "),
    arrival: read("arrival").split(", "),
  };
}

/**
 * A chart. `options` gets palette and width and gives what to draw; `height` gets the width; the
 * description stands for the chart where it cannot be seen. `draw` draws it again.
 */
function chart({ id, description, height, options, group }) {
  const place = element("div", { class: "chart", id, role: "img", "aria-label": description });
  const made = { place, drawn: undefined };
  made.draw = () => {
    const width = place.clientWidth;
    if (width === 0) {
      return; // hidden
    }
    place.style.height = height(width) + "px";
    if (!made.drawn) {
      made.drawn = echarts.init(place, null, {
        devicePixelRatio: Math.max(2, window.devicePixelRatio),
      });
      if (group) {
        made.drawn.group = group;
      }
    }
    made.drawn.resize({ silent: true });
    const colours = palette();
    made.drawn.setOption({ ...common(colours), ...options(colours, width) }, true);
  };
  charts.push(made);
  return made;
}

function common(colours) {
  return {
    animation: false,
    color: colours.series,
    textStyle: { color: colours.text, fontFamily: colours.font },
    tooltip: { ...tooltipStyle(colours), trigger: "axis" },
  };
}

function tooltipStyle(colours) {
  return {
    confine: true,
    backgroundColor: colours.surface,
    borderColor: colours.line,
    textStyle: { color: colours.text },
    transitionDuration: 0,
  };
}

/** A tooltip: a line of heading, then lines with the colour of what they are about. */
function tip(head, lines) {
  return element(
    "div",
    { class: "tip" },
    element("strong", {}, head),
    ...lines.map(({ colour, text }) => {
      const dot = element("i", {});
      dot.style.background = colour ?? "transparent";
      return element("div", {}, ...(colour ? [dot] : []), text);
    }),
  );
}

function legend(colours, names, top = 0) {
  return {
    type: "scroll",
    top,
    left: 0,
    right: 0,
    data: names,
    textStyle: { color: colours.text },
    inactiveColor: colours.muted,
    pageTextStyle: { color: colours.text },
    pageIconColor: colours.text,
    pageIconInactiveColor: colours.line,
  };
}

function axis(colours, more) {
  return {
    axisLine: { lineStyle: { color: colours.muted } },
    axisTick: { lineStyle: { color: colours.muted } },
    axisLabel: { color: colours.muted, hideOverlap: true, ...more.axisLabel },
    splitLine: { lineStyle: { color: colours.line } },
    nameTextStyle: { color: colours.muted },
    ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== "axisLabel")),
  };
}

/** The time of the run, the same for every chart that has it. */
function runTime(colours) {
  return axis(colours, {
    type: "value",
    min: 0,
    max: content.run.virtualMillis,
    axisLabel: { formatter: (atMillis) => seconds(atMillis), showMaxLabel: true },
    splitLine: { show: false },
    axisPointer: { label: { formatter: (pointer) => seconds(pointer.value) } },
  });
}

/** Room for the labels, the same for every chart over the time of the run. */
function runGrid(width, more = {}) {
  return { left: width < 640 ? 48 : 64, right: 24, top: 36, bottom: 28, ...more };
}

/** Paints at once as well: a printer does not wait for the next frame. */
function drawAll() {
  charts.forEach((one) => attempt(one.place.parentElement, () => {
    one.draw();
    one.drawn?.getZr().flush();
  }));
}

/** Draws again when width, scheme or medium change. */
function followTheWindow() {
  let width = document.documentElement.clientWidth;
  let waiting = 0;
  window.addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      if (document.documentElement.clientWidth !== width) {
        width = document.documentElement.clientWidth;
        drawAll();
      }
    });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll());
  const print = (printing) => {
    document.documentElement.toggleAttribute("data-printing", printing);
    drawAll();
  };
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
}
