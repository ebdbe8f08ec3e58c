// The map on the tiles that an installation names: Leaflet, loaded only there and only when the map is opened.
import { go, here } from "../address.js";
import { html, useEffect, useRef } from "../html.js";
import { crewNames } from "../model.js";
import { lang, t } from "../words.js";

const { base, tiles, attribution } = document.getElementById("page").dataset;
const IN_A_FILE = tiles?.endsWith(".pmtiles");

const colour = (element, name) => getComputedStyle(element).getPropertyValue(name).trim();

function put(tag, attributes) {
  return new Promise((done, failed) => {
    const made = Object.assign(document.createElement(tag), attributes, { onload: done, onerror: failed });
    document.head.append(made);
  });
}

let loading = null;

/** Leaflet and what reads files of tiles; asked for anew after a failure. */
function library() {
  loading ??= (async () => {
    await Promise.all([
      put("link", { rel: "stylesheet", href: `${base}vendor/leaflet.css` }), put("script", { src: `${base}vendor/leaflet.js` }),
    ]);
    if (IN_A_FILE) await put("script", { src: `${base}vendor/protomaps-leaflet.js` });
    return globalThis.L;
  })();
  loading.catch(() => { loading = null; });
  return loading;
}

function ground(L, element) {
  if (!IN_A_FILE) return L.tileLayer(tiles, { attribution, maxZoom: 19 });
  const dark = getComputedStyle(element).colorScheme === "dark";
  return globalThis.protomapsL.leafletLayer({ url: tiles, flavor: dark ? "dark" : "light", lang: lang(), attribution });
}

/** A map with the whole office in sight; `drawn` holds what changes from day to day. */
function open(L, element, model) {
  const map = L.map(element, { zoomSnap: 0.5, zoomControl: false });
  L.control.zoom({ zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out") }).addTo(map);
  map.attributionControl.setPrefix(false);
  const points = [...model.cooperatives.values(), ...model.offices].map((one) => one.point).filter(Boolean);
  map.fitBounds(points, { padding: [24, 24] });
  ground(L, element).addTo(map);
  return { map, drawn: L.layerGroup().addTo(map) };
}

function draw(L, element, { drawn }, { model, tours, kept, chosen, districts }) {
  drawn.clearLayers();
  const line = colour(element, "--strong-line");
  if (districts) L.geoJSON(districts, { interactive: false, style: { color: line, weight: 1, fill: false } }).addTo(drawn);
  for (const one of model.offices) {
    if (one.point) L.marker(one.point, { icon: icon(L, "depotmark", ""), title: one.name, alt: one.name }).addTo(drawn);
  }
  for (const tour of tours) {
    const office = model.offices.find((one) => one.id === tour.office)?.point;
    const stops = tour.stops.map((stop, i) => ({ stop, i, one: model.cooperativeOf(stop.visit) })).filter(({ one }) => one.point);
    const dim = kept && !tour.stops.some((stop) => kept.has(stop.visit));
    const style = { color: colour(element, `--c${tour.colour}`), weight: 3, opacity: dim ? 0.2 : 0.85 };
    L.polyline([office, ...stops.map(({ one }) => one.point), office].filter(Boolean), style).bindTooltip(crewNames(model, tour.crew)).addTo(drawn);
    for (const { stop, i, one } of stops) {
      const name = `${stop.start} ${one.name}`;
      const look = `stopmark colour-${tour.colour}${stop.visit === chosen ? " chosen" : ""}${dim ? " dim" : ""}`;
      L.marker(one.point, { icon: icon(L, look, i + 1), title: name, alt: name }).on("click", () => go({ visit: stop.visit === here().visit ? "" : stop.visit })).addTo(drawn);
    }
  }
}

const icon = (L, className, text) => L.divIcon({ className, html: String(text), iconSize: [24, 24] });

export function TileMap(props) {
  const box = useRef(null);
  const made = useRef(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    let gone = false;
    library().then((L) => {
      if (gone) return;
      made.current = open(L, box.current, latest.current.model);
      draw(L, box.current, made.current, latest.current);
    }, () => {});
    return () => {
      gone = true;
      made.current?.map.remove();
    };
  }, []);
  useEffect(() => { if (made.current) draw(globalThis.L, box.current, made.current, props); });
  return html`<div class="map tilemap" ref=${box} role="group" aria-label=${props.label}></div>`;
}
