// The map with streets, for who taps the button. Before that nothing of it is asked for: no library, no tiles.
const box = document.querySelector(".streets"), show = box.querySelector("[data-show]"), facts = box.dataset;
const fault = box.querySelector("[data-fault]"), whole = box.querySelector("[data-whole]");
const ground = whole.querySelector(".ground"), still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const make = (tag, text = "") => Object.assign(document.createElement(tag), { textContent: text });

// What Leaflet writes as HTML while it loads: these two texts, and no others (docs/decisions/0026-map.md).
const leave = () =>
  globalThis.trustedTypes && !trustedTypes.defaultPolicy &&
  trustedTypes.createPolicy("default", { createHTML: (text) => (["<svg/>", ""].includes(text) ? text : null) });

const sheet = () => new Promise((done, failed) => {
  const link = Object.assign(make("link"), { rel: "stylesheet", href: facts.sheet, onload: done, onerror: failed });
  document.head.append(link);
});

const place = (stop) => stop.dataset.at.split(",").map(Number);

// What a number says: the name with the way to its page, when it is open, and where; taken from the list.
function words(stop) {
  const said = make("div");
  said.dir = document.documentElement.dir;
  said.append(stop.querySelector("h3 a").cloneNode(true));
  for (const one of stop.querySelectorAll("dl > div:first-child > *")) said.append(make("p", one.textContent));
  return said;
}

function marker(L, map, stop) {
  const { number, rough } = stop.dataset, size = 34;
  const icon = L.divIcon({ html: make("span", number), className: rough === undefined ? "stop" : "stop rough", iconSize: [size, size], popupAnchor: [0, -size / 2] });
  const one = L.marker(place(stop), { icon }).addTo(map);
  one.bindPopup(words(stop), { closeButton: false, minWidth: 200, maxWidth: 240, autoPanPadding: [12, 12] });
  one.getElement().setAttribute("aria-label", stop.querySelector("h3").textContent);
  one.on("popupopen", ({ popup }) => popup.getElement().querySelector("a").focus({ preventScroll: true }));
  one.on("popupclose", ({ popup }) => { // the focus was in it, and fell to the page when it went without an animation
    const now = document.activeElement;
    if (now === document.body || popup.getElement()?.contains(now)) one.getElement().focus({ preventScroll: true });
  });
}

function draw(L) {
  whole.hidden = false;
  const least = Number(facts.least), most = Number(facts.most);
  const map = L.map(ground, { zoomControl: false, attributionControl: false, scrollWheelZoom: false, minZoom: Math.max(least - 1, 0), maxZoom: Math.min(most + 2, 20), zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still });
  const options = { minNativeZoom: least, maxNativeZoom: most, ...(facts.elsewhere === undefined ? {} : { crossOrigin: "anonymous", referrerPolicy: "no-referrer" }) };
  if (facts.bounds) {
    const [south, west, north, east] = facts.bounds.split(",").map(Number);
    options.bounds = [[south, west], [north, east]];
  }
  const tiles = L.tileLayer(facts.tiles, options).addTo(map);
  tiles.once("tileload", () => { fault.hidden = true; tiles.off("tileerror"); });
  tiles.on("tileerror", () => { fault.hidden = false; });
  const stops = [...document.querySelectorAll("[data-at]")];
  map.fitBounds(stops.map((stop) => place(stop)), { padding: [48, 48], maxZoom: Math.min(most, 16), animate: false });
  for (const stop of stops) marker(L, map, stop);
  for (const one of whole.querySelectorAll("[data-zoom]")) one.addEventListener("click", () => map.setZoom(map.getZoom() + Number(one.dataset.zoom)));
  ground.addEventListener("keydown", ({ key }) => key === "Escape" && map.closePopup());
  ground.focus({ preventScroll: true });
}

show.hidden = false;
show.addEventListener("click", async () => {
  show.disabled = true;
  try {
    leave();
    await Promise.all([sheet(), import(facts.leaflet)]);
    fault.hidden = true;
    draw(globalThis.L);
    show.parentElement.hidden = true;
  } catch (problem) {
    whole.hidden = true;
    fault.hidden = show.disabled = false;
    console.warn(problem);
  }
});
