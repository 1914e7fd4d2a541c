function drawHead() {
  const run = content.run;
  const held = run.counts.claims - run.brokenClaims;
  const facts = [
    ["Seed", String(run.seed)],
    ["Backend", run.backend],
    ["Nodes", count(run.counts.nodes)],
    ["Virtual time", seconds(run.virtualMillis)],
    ["Wall time", seconds(run.wallMillis)],
    ["Network events", count(run.events)],
    ...Object.entries(run.versions),
  ];
  section("head").append(
    element("h1", {}, run.scenario),
    element("p", { class: "verdict " + mood(run) }, verdict(run, held)),
    element(
      "dl",
      { class: "facts" },
      ...facts.map(([name, value]) => fact(name, value)),
      fact("Digest of the network trace", run.digest, "digest"),
      element(
        "div",
        { class: "wide" },
        element("dt", {}, "The same run again"),
        element("dd", { class: "replay" }, ...replay(run.replay)),
      ),
    ),
  );
}

function mood(run) {
  return run.counts.claims === 0 ? "" : run.brokenClaims === 0 ? "good" : "bad";
}

function verdict(run, held) {
  if (run.counts.claims === 0) {
    return "No claims were checked";
  }
  return run.brokenClaims === 0
    ? `✓ All ${counted(held, "claim")} held`
    : `✗ ${count(run.brokenClaims)} of ${counted(run.counts.claims, "claim")} broke`;
}

function fact(name, value, kind) {
  return element(
    "div",
    { class: kind ? "wide" : "" },
    element("dt", {}, name),
    element("dd", { class: kind ?? "" }, value),
  );
}

function replay(command) {
  const code = element("code", {}, command);
  const told = element("span", { role: "status", class: "note" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      told.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(code);
      told.textContent = "Selected; copy it with the keyboard.";
    }
  };
  return [code, element("button", { type: "button", onclick: copy }, "Copy command"), told];
}

function drawClaims() {
  const place = section("claims");
  if (content.claims.length === 0) {
    place.append(empty("This run checked no claims."));
    return;
  }
  place.append(element("ul", { class: "claims" }, ...content.claims.map((claim) =>
    element(
      "li",
      {},
      element("span", { class: claim.held ? "good" : "bad" }, claim.held ? "✓ held" : "✗ BROKEN"),
      element("span", { class: "name" }, claim.name),
      element("span", { class: "detail" }, claim.detail),
    ))));
  if (content.run.counts.claims > content.claims.length) {
    place.append(note(
      `Shown are ${count(content.claims.length)} of ${count(content.run.counts.claims)}, broken ones first.`));
  }
}
