// The map: the office's districts, its cooperatives, and the tours of a day.
import { follow, go, useAddress } from "../address.js";
import { get } from "../api.js";
import { longDate } from "../dates.js";
import { html, names, useEffect, useMemo, useState } from "../html.js";
import { crewNames } from "../model.js";
import { watches } from "../session.js";
import { count, lang, number, t } from "../words.js";
import { lazy } from "../lazy.js";
import { Icon } from "../parts/icons.js";
import { weekOf } from "./week.js";

/** Only where an installation names map tiles is there more than the office's own drawing. */
const TileMap = document.getElementById("page").dataset.tiles && lazy(async () => (await import("./tiles.js")).TileMap);

const SIZE = 1000;

/** Districts change with the office only; asked once for each problem. */
const maps = new Map();
function districtsOf(problem) {
  const path = watches() ? `/v1/problems/${problem}/map` : "/v1/calendar/map";
  if (!maps.has(problem)) maps.set(problem, get(path).catch(() => null)); // an office may have no map
  return maps.get(problem);
}

/** Whose the districts are, in the language of the page where the map says it so. */
export const credit = (districts) => (lang() === "th" && districts?.attribution_th) || districts?.attribution || "";

export function Map_({ model, kept }) {
  const at = useAddress();
  const [districts, setDistricts] = useState(null);
  useEffect(() => { districtsOf(model.problem).then(setDistricts); }, [model.problem]);
  const week = weekOf(model, at);
  const date = model.dates.includes(at.day) ? at.day : week?.days.find((day) => model.toursOn(day).length) ?? week?.days[0];
  const project = useMemo(() => projection(model, districts), [model, districts]);
  if (!project) return html`<p class="empty">${t("no_map")}</p>`;
  const tours = model.toursOn(date);
  const place = model.dates.indexOf(date);
  const turn = (step) => go({ day: model.dates[place + step] });
  return html`<section class="mapview" aria-label=${t("view_map")}>
    <header class="viewhead">
      <button class="round" disabled=${place <= 0} onClick=${() => turn(-1)} aria-label=${t("day_before")}><${Icon} name="left" /></button>
      <h2>${longDate(date)}</h2>
      <button class="round" disabled=${place === model.dates.length - 1} onClick=${() => turn(1)} aria-label=${t("day_after")}><${Icon} name="right" /></button>
      <p class="sums">${count("n_tours", tours.length)} · ${number(tours.reduce((sum, tour) => sum + tour.km, 0))} ${t("km")}
        ${model.travel_estimated ? ` (${t("estimated")})` : ""}</p>
    </header>
    <div class="mapbox">
      ${TileMap ? html`<${TileMap} key=${model.lang} label=${longDate(date)} model=${model} tours=${tours} kept=${kept} chosen=${at.visit} districts=${districts} />`
    : html`<svg class="map" viewBox=${`0 0 ${SIZE} ${project.height}`} role="group" aria-label=${longDate(date)}>
        <g class="lands">${(districts?.features ?? []).map((one, i) => html`<path key=${i} d=${project.path(one.geometry)}>
          <title>${one.properties[`name_${model.lang}`] ?? one.properties.name_th}</title></path>`)}</g>
        <g class="dots">${[...model.cooperatives.values()].filter((one) => one.point).map((one) => {
          const [x, y] = project.point(one.point);
          return html`<circle key=${one.id} cx=${x} cy=${y} r="4"><title>${one.name}</title></circle>`;
        })}</g>
        ${tours.map((tour) => html`<${Line} key=${tour.id} model=${model} tour=${tour} project=${project} kept=${kept} chosen=${at.visit} />`)}
        <g class="depots">${model.offices.filter((one) => one.point).map((one) => {
          const [x, y] = project.point(one.point);
          return html`<rect key=${one.id} x=${x - 8} y=${y - 8} width="16" height="16" rx="3"><title>${one.name}</title></rect>`;
        })}</g>
      </svg>`}
      <ul class="maplegend">${tours.map((tour) => html`<li key=${tour.id} class=${`colour-${tour.colour}`}>
        <b>${crewNames(model, tour.crew)}</b> <small>${tour.depart}–${tour.return} · ${number(tour.km)} ${t("km")}</small>
        <ol>${tour.stops.map((stop) => html`<li key=${stop.visit}><a data-visit=${stop.visit} ...${follow({ visit: stop.visit })}>
          ${stop.start} ${model.cooperativeOf(stop.visit).short || model.cooperativeOf(stop.visit).name}</a></li>`)}</ol></li>`)}
        ${!tours.length && html`<li class="empty">${t("no_tours_today")}</li>`}</ul>
    </div>
    <p class="note">${t("map_straight")} ${credit(districts)}</p>
  </section>`;
}

function Line({ model, tour, project, kept, chosen }) {
  const office = model.offices.find((one) => one.id === tour.office);
  const stops = tour.stops.map((stop) => ({ stop, one: model.cooperativeOf(stop.visit) })).filter(({ one }) => one.point);
  const points = [office?.point, ...stops.map(({ one }) => one.point), office?.point].filter(Boolean).map(project.point);
  const dim = kept && !tour.stops.some((stop) => kept.has(stop.visit));
  return html`<g class=${names("tourline", `colour-${tour.colour}`, { dim })}>
    <polyline points=${points.map((point) => point.join(",")).join(" ")}><title>${crewNames(model, tour.crew)}</title></polyline>
    ${stops.map(({ stop, one }) => {
      const [x, y] = project.point(one.point);
      return html`<a key=${stop.visit} data-visit=${stop.visit} class=${names({ chosen: stop.visit === chosen })} ...${follow({ visit: stop.visit })}
        aria-label=${`${stop.start} ${one.name}`}>
        <circle cx=${x} cy=${y} r="11" /><text x=${x} y=${y + 4.500}>${model.stops.get(stop.visit).order + 1}</text>
        <title>${stop.start} ${one.name}</title></a>`;
    })}
  </g>`;
}

/** Degrees to the drawing: flat, with the width of a degree at this latitude. */
function projection(model, districts) {
  const points = [...model.cooperatives.values(), ...model.offices].map((one) => one.point).filter(Boolean);
  for (const feature of districts?.features ?? []) rings(feature.geometry, ([lon, lat]) => points.push([lat, lon]));
  if (!points.length) return null;
  const lats = points.map(([lat]) => lat);
  const lons = points.map(([, lon]) => lon);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const narrow = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const margin = 24;
  const scale = (SIZE - 2 * margin) / Math.max(1e-9, (east - west) * narrow, north - south);
  const xy = (lat, lon) => [round(margin + (lon - west) * narrow * scale), round(margin + (north - lat) * scale)];
  return {
    height: round(2 * margin + (north - south) * scale),
    point: ([lat, lon]) => xy(lat, lon),
    path: (geometry) => {
      const parts = [];
      let last = null;
      rings(geometry, ([lon, lat], ring) => {
        parts.push(`${ring === last ? "L" : "M"}${xy(lat, lon).join(" ")}`);
        last = ring;
      });
      return parts.join("");
    },
  };
}

function rings(geometry, each) {
  const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
  for (const polygon of polygons) for (const ring of polygon) for (const point of ring) each(point, ring);
}

const round = (value) => Math.round(value * 10) / 10;

