/** An element with properties; strings among the children become text, never markup. */
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") {
      made.className = value;
    } else if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== false && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children);
  return made;
}

function section(id) {
  return document.getElementById(id);
}

/** A part that fails says so in its place; the others are drawn all the same. */
function attempt(place, draw) {
  try {
    draw();
  } catch (failure) {
    place.append(element("p", { class: "failure" }, "This part could not be drawn: " + failure));
    console.error(failure);
  }
}

/** One sentence in the place of a chart or table without content. */
function empty(sentence) {
  return element("p", { class: "empty" }, sentence);
}

function note(sentence) {
  return element("p", { class: "note" }, sentence);
}

/** A list to choose from, with its label; options are texts, the choice is an index. */
function choice(label, options, onchange) {
  const select = element(
    "select",
    { onchange: () => onchange(select.selectedIndex) },
    ...options.map((text) => element("option", {}, text)),
  );
  return element("label", {}, element("span", {}, label), select);
}

function checkbox(label, checked, onchange) {
  const box = element("input", { type: "checkbox", checked, onchange: () => onchange(box.checked) });
  return element("label", {}, box, label);
}

/**
 * A table. A column has a heading, a text of a row, and perhaps `number`, `long` (a line of its own
 * on narrow screens) and `key` (what its heading sorts by; without one it does not sort). The first
 * column heads its row.
 */
function table(caption, columns, rows) {
  const body = element("tbody", { role: "rowgroup" });
  const fill = (list) => body.replaceChildren(...list.map((row) => tableRow(columns, row)));
  const headings = columns.map((column) => heading(column, (direction) => {
    headings.forEach((one) => one.removeAttribute("aria-sort"));
    fill([...rows].sort((a, b) => direction * compare(column.key(a), column.key(b))));
  }));
  fill(rows);
  return element(
    "div",
    { class: rows.length > 12 ? "rows tall" : "rows", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      { role: "table", "aria-label": caption },
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...headings)),
      body,
    ),
  );
}

function heading(column, sort) {
  const cell = element("th", {
    scope: "col",
    role: "columnheader",
    class: column.number ? "number" : "",
  });
  if (!column.key) {
    cell.append(column.heading);
    return cell;
  }
  cell.append(element("button", {
    type: "button",
    onclick: () => {
      const ascending = cell.getAttribute("aria-sort") === "descending";
      sort(ascending ? 1 : -1);
      cell.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    },
  }, column.heading));
  return cell;
}

function tableRow(columns, row) {
  const kinds = (column) =>
    [column.number && "number", column.long && "long"].filter(Boolean).join(" ");
  return element("tr", { role: "row" }, ...columns.map((column, index) =>
    index === 0
      ? element("th", { scope: "row", role: "rowheader" }, column.text(row))
      : element(
          "td",
          { role: "cell", class: kinds(column), "data-heading": column.heading },
          column.text(row),
        )));
}

function compare(a, b) {
  return typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b;
}
