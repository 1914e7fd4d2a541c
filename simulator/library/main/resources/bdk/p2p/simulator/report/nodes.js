function regionName(node) {
  return content.regions[node.region] ?? "other";
}

function drawNodes() {
  const place = section("nodes");
  const nodes = content.topology.rows.map((index) => content.topology.nodes[index]);
  if (nodes.length === 0) {
    place.append(empty("This run had no nodes."));
    return;
  }
  const column = (heading, name, form) => ({
    heading,
    number: true,
    text: (node) => form(node[name]),
    key: (node) => node[name],
  });
  place.append(table("Nodes", [
    { heading: "Node", text: (node) => node.id, key: (node) => node.id },
    { heading: "Region", text: regionName, key: regionName },
    { heading: "Type", text: (node) => node.type, key: (node) => node.type },
    column("Peers at the end", "peers", count),
    column("Bytes in", "bytesIn", bytes),
    column("Bytes out", "bytesOut", bytes),
    column("Crashes", "crashes", count),
  ], nodes));
  const all = content.run.counts.nodes;
  if (all > nodes.length) {
    place.append(note(`Shown are ${count(nodes.length)} of ${count(all)} nodes, those that crashed `
      + `most first; ${count(all - nodes.length)} are left out.`));
  }
}
