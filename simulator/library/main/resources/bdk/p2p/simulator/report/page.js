const content = JSON.parse(document.getElementById("content").textContent);

attempt(section("head"), drawHead);
attempt(section("claims"), drawClaims);
attempt(section("propagation"), drawPropagation);
attempt(section("overtime"), drawOverTime);
attempt(section("requests"), drawRequests);
attempt(section("topology"), drawTopology);
attempt(section("nodes"), drawNodes);
drawAll();
followTheWindow();
// Two frames later everything is painted.
requestAnimationFrame(() => requestAnimationFrame(() => {
  document.documentElement.dataset.drawn = "yes";
}));
