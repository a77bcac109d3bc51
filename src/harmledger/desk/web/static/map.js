// Draws a map from what this desk serves alone: outlines, towns, incidents, areas. No tile and no font is fetched.
import * as maplibre from "/static/maplibre/maplibre-gl.mjs";

function styled() {
  if (document.querySelector("link[data-map]")) return Promise.resolve();
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: "/static/maplibre/maplibre-gl.css" });
  link.dataset.map = "";
  return new Promise((done) => { link.onload = link.onerror = done; document.head.append(link); });
}

const empty = { type: "FeatureCollection", features: [] };
const FONT = ["sans-serif"];

function style(place) {
  const sources = {
    countries: { type: "geojson", data: "/map/countries.json", tolerance: 0.3 },
    provinces: { type: "geojson", data: empty, tolerance: 0.3 },
    added: { type: "geojson", data: empty },
    towns: { type: "geojson", data: empty },
  };
  const layers = [
    { id: "sea", type: "background", paint: { "background-color": "#dfe7ea" } },
    { id: "land", type: "fill", source: "countries", paint: { "fill-color": "#f7f4ee" } },
    { id: "borders", type: "line", source: "countries", paint: { "line-color": "#b8ae9c", "line-width": 1 } },
    { id: "provinces", type: "line", source: "provinces", filter: ["==", ["get", "sort"], "border"], paint: { "line-color": "#c9bfae", "line-width": 1, "line-dasharray": [4, 2] } },
    { id: "added", type: "line", source: "added", paint: { "line-color": "#a08f70", "line-width": 1.2 } },
    {
      id: "province-names", type: "symbol", source: "provinces", filter: ["==", ["get", "sort"], "name"], minzoom: 5,
      layout: { "text-field": ["upcase", ["get", "name"]], "text-font": FONT, "text-size": 10, "text-letter-spacing": 0.08, "text-max-width": 8 },
      paint: { "text-color": "#8a7c62", "text-halo-color": "#ffffff", "text-halo-width": 1.2 },
    },
    { id: "towns", type: "circle", source: "towns", paint: { "circle-radius": 2, "circle-color": "#8d8577" } },
    {
      id: "town-names", type: "symbol", source: "towns",
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-offset": [0, 0.8], "text-anchor": "top", "symbol-sort-key": ["-", 0, ["get", "people"]] },
      paint: { "text-color": "#5b5348", "text-halo-color": "#ffffff", "text-halo-width": 1.2 },
    },
  ];
  if (place.dataset.incidents) {
    sources.areas = { type: "geojson", data: place.dataset.areas };
    sources.incidents = { type: "geojson", data: empty, cluster: true, clusterRadius: 40, clusterMaxZoom: 9 };
    // An area smaller than the dot in it is not drawn until a person comes nearer.
    const near = ["<=", ["get", "from"], ["zoom"]];
    layers.push(
      { id: "areas", type: "fill", source: "areas", filter: near, paint: { "fill-color": "#8c1c13", "fill-opacity": 0.06 } },
      { id: "area-edges", type: "line", source: "areas", filter: near, paint: { "line-color": "#8c1c13", "line-width": 1.2, "line-dasharray": [3, 3] } },
      { id: "area-words", type: "symbol", source: "areas", filter: near, layout: { "symbol-placement": "line", "text-field": ["concat", ["get", "title"], " · ", ["get", "words"]], "text-font": FONT, "text-size": 12, "symbol-spacing": 400, "text-offset": [0, -0.9] }, paint: { "text-color": "#7a1710", "text-halo-color": "#ffffff", "text-halo-width": 1.5 } },
      { id: "clusters", type: "circle", source: "incidents", filter: ["has", "point_count"], paint: { "circle-color": "#22303c", "circle-opacity": 0.88, "circle-radius": ["step", ["get", "point_count"], 13, 10, 17, 100, 22, 1000, 28], "circle-stroke-color": "#fff", "circle-stroke-width": 1.5 } },
      { id: "cluster-counts", type: "symbol", source: "incidents", filter: ["has", "point_count"], layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT, "text-size": 12, "text-allow-overlap": true }, paint: { "text-color": "#ffffff" } },
      { id: "incidents", type: "circle", source: "incidents", filter: ["!", ["has", "point_count"]], paint: { "circle-color": "#8c1c13", "circle-radius": ["interpolate", ["linear"], ["get", "low"], 0, 5, 10, 8, 100, 14], "circle-stroke-color": "#fff", "circle-stroke-width": 1.5 } },
    );
  }
  return { version: 8, sources, layers };
}

// The incidents come column by column; a feature keeps its row's number, and the rest is looked up where it is shown.
let held = null;

function features(told) {
  held = told;
  return { type: "FeatureCollection", features: told.id.map((_, n) => ({ type: "Feature", geometry: { type: "Point", coordinates: [told.x[n], told.y[n]] }, properties: { n, low: told.low[n] ?? 0 } })) };
}

// Asked for again within one visit, the desk answers that nothing has changed. On the disk nothing is kept.
const kept = {};

async function incidents(address) {
  const got = await fetch(address, kept.address === address ? { headers: { "If-None-Match": kept.tag } } : {});
  if (got.status !== 304) Object.assign(kept, { address, tag: got.headers.get("ETag"), told: await got.json() });
  return kept.told;
}

function row(n) {
  return { id: held.id[n], title: held.titles[held.title[n]], day: held.day[n], low: held.low[n], high: held.high[n], words: held.precisions[held.precision[n]] };
}

function popup(place, shown) {
  const box = document.createElement("div");
  for (const { properties } of shown.slice(0, 12)) {
    const it = row(properties.n);
    const link = document.createElement("a");
    link.href = `/incident/${encodeURIComponent(it.id)}`;
    const killed = it.low === null || it.low === undefined ? "" : ` · ${place.dataset.killed} ${it.low === it.high ? it.low : `${it.low}–${it.high}`}`;
    // Text, never markup: the names come out of reports.
    link.textContent = `${it.title || place.dataset.untold} · ${it.day || place.dataset.untold}${killed}`;
    const line = document.createElement("p");
    const precise = document.createElement("small");
    precise.textContent = ` (${it.words})`;
    line.append(link, precise);
    box.append(line);
  }
  return box;
}

export async function draw(place) {
  place.textContent = place.dataset.loading;
  await styled();
  let map;
  try {
    const at = place.dataset.at ? place.dataset.at.split(",").map(Number) : null;
    const bounds = place.dataset.bounds ? place.dataset.bounds.split(",").map(Number) : null;
    place.textContent = "";
    map = new maplibre.Map({
      container: place, style: style(place), attributionControl: false, dragRotate: false, maxZoom: 14,
      ...(bounds ? { bounds, fitBoundsOptions: { padding: 50, maxZoom: 9 } } : { center: at || [30, 25], zoom: at ? 8 : 1.5 }),
    });
  } catch {
    place.textContent = place.dataset.failed;
    return;
  }
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.addControl(new maplibre.ScaleControl());
  const towns = async () => {
    const [west, south, east, north] = map.getBounds().toArray().flat().map((each, n) => Math.max(n % 2 ? -90 : -180, Math.min(n % 2 ? 90 : 180, each)).toFixed(2));
    const got = await fetch(`/map/towns.json?west=${west}&south=${south}&east=${east}&north=${north}`);
    if (got.ok) map.getSource("towns")?.setData(await got.json());
  };
  map.on("load", towns);
  map.on("moveend", towns);
  const lines = borders(map);
  map.on("load", lines);
  map.on("moveend", lines);
  let waiting = Boolean(place.dataset.incidents);
  map.on("idle", () => { if (!waiting) place.setAttribute("data-drawn", "true"); });
  // For who measures how smoothly it moves.
  place.map = map;
  if (place.dataset.pick) pick(map, place);
  if (!place.dataset.incidents) return;
  const coming = incidents(place.dataset.incidents);
  map.on("load", async () => {
    map.getSource("incidents").setData(features(await coming));
    waiting = false;
  });
  map.on("click", "clusters", async (event) => {
    const [cluster] = event.features;
    const source = map.getSource("incidents");
    const zoom = await source.getClusterExpansionZoom(cluster.properties.cluster_id);
    if (zoom > 9 || zoom > map.getMaxZoom()) {
      const leaves = await source.getClusterLeaves(cluster.properties.cluster_id, 12, 0);
      new maplibre.Popup().setLngLat(cluster.geometry.coordinates).setDOMContent(popup(place, leaves)).addTo(map);
    } else map.easeTo({ center: cluster.geometry.coordinates, zoom });
  });
  map.on("click", "incidents", (event) => new maplibre.Popup().setLngLat(event.lngLat).setDOMContent(popup(place, event.features)).addTo(map));
  for (const layer of ["clusters", "incidents"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
}

// Borders of governorates and provinces, of the countries in view alone, once a person is near enough to tell them apart.
function borders(map) {
  const MOST = 16, NEAR = 3.5;
  const known = new Map();
  let boxes = null;
  return async () => {
    if (map.getZoom() < NEAR) return;
    const [[west, south], [east, north]] = map.getBounds().toArray();
    boxes ??= await (await fetch("/map/provinces.json")).json();
    const near = Object.entries(boxes).filter(([, [w, s, e, n]]) => w <= east && e >= west && s <= north && n >= south);
    const wanted = near.slice(0, MOST).map(([code]) => code).filter((code) => !known.has(code));
    if (wanted.length) {
      for (const code of wanted) known.set(code, []);
      await Promise.all(wanted.map(async (code) => {
        const got = await fetch(`/map/provinces/${code}.json`);
        if (got.ok) known.set(code, (await got.json()).features);
      }));
      map.getSource("provinces")?.setData({ type: "FeatureCollection", features: [...known.values()].flat() });
    }
    const edge = [west, south, east, north].map((each, n) => Math.max(n % 2 ? -90 : -180, Math.min(n % 2 ? 90 : 180, each)).toFixed(2));
    const got = await fetch(`/map/added.json?west=${edge[0]}&south=${edge[1]}&east=${edge[2]}&north=${edge[3]}`);
    if (got.ok) map.getSource("added")?.setData(await got.json());
  };
}

function pick(map, place) {
  const field = document.getElementById(place.dataset.pick);
  const marker = new maplibre.Marker({ color: "#8c1c13" });
  if (place.dataset.at) marker.setLngLat(place.dataset.at.split(",").map(Number)).addTo(map);
  map.on("click", (event) => {
    marker.setLngLat(event.lngLat).addTo(map);
    field.value = `${event.lngLat.lat.toFixed(5)},${event.lngLat.lng.toFixed(5)}`;
  });
}
