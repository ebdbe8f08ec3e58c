// An officer on a phone: my week day by day, where each visit is, what it is for, and a calendar to follow.
import { go, useAddress } from "../address.js";
import { longDate, monday, span, today, weekNumber } from "../dates.js";
import { html, useEffect, useState } from "../html.js";
import { Language, Logo, Theme } from "../frame.js";
import { Feeds } from "../panels/documents.js";
import { SignOut } from "../panels/people.js";
import { current, me, shown } from "../session.js";
import { Reporting, useOutbox } from "../reports/button.js";
import { keepForms, keepShell, showOwn } from "../reports/offline.js";
import { useStore } from "../store.js";
import { follow } from "../stream.js";
import { Icon } from "../parts/icons.js";
import { count, head, language, number, t } from "../words.js";

export function Officer() {
  const lang = useStore(language);
  const { model } = useStore(shown);
  const { published } = useStore(current);
  useEffect(follow, []);
  useEffect(keepShell, []);
  useEffect(() => { showOwn(lang); }, [lang, published?.version]);
  useOutbox(model);
  return html`<header class="bar phone"><span class="brand"><${Logo} /><b>ปฏิทิน</b></span><span class="gap"></span><${Language} /><${Theme} /></header>
    <main class="page phone"><h1>${me.get().name}</h1>
      ${model?.illustrative && html`<p class="illustrative">${t("illustrative")}</p>`}
      ${model ? html`<${MyWeek} model=${model} />` : html`<p class="allright">${t("nothing_published")}</p>`}
      ${model && html`<p><a class="quiet" target="_blank" rel="noopener" href=${`/v1/handbook?format=html&lang=${lang}`}>${t("my_handbook")}</a></p><${Follow} model=${model} />`}
      <p><${SignOut} /></p></main>`;
}

function MyWeek({ model }) {
  const at = useAddress();
  const mine = model.weeks.filter((week) => week.days.some((day) => model.toursOn(day).length));
  const now = monday(model.today ?? today());
  const week = mine.find((one) => one.name === at.week) ?? mine.find((one) => one.first >= now) ?? mine[0];
  useEffect(() => { if (week) keepForms(week.days.flatMap((date) => model.toursOn(date)).flatMap((tour) => tour.stops.map((stop) => stop.visit))); }, [week?.name, model]);
  if (!week) return html`<p class="allright">${t("no_tours_at_all")}</p>`;
  const place = mine.indexOf(week);
  const turn = (step) => go({ week: mine[place + step].name });
  return html`<section class="agenda">
    <header class="viewhead"><button class="round" disabled=${place === 0} onClick=${() => turn(-1)} aria-label=${t("week_before")}><${Icon} name="left" /></button>
      <h2>${t("week_of", { number: weekNumber(week.first) })}<small>${span(week.days[0], week.days.at(-1))}</small></h2>
      <button class="round" disabled=${place === mine.length - 1} onClick=${() => turn(1)} aria-label=${t("week_after")}><${Icon} name="right" /></button></header>
    ${week.days.flatMap((date) => model.toursOn(date).map((tour) => html`<${Tour} key=${tour.id} model=${model} tour=${tour} />`))}
  </section>`;
}

function Tour({ model, tour }) {
  const others = tour.crew.filter((id) => id !== me.get().officer).map((id) => model.officers.get(id)?.name ?? id);
  return html`<article class=${`mytour colour-${tour.colour}`}><h3>${longDate(tour.date)}</h3>
    <p>${head("depart")} ${tour.depart} · ${t("return")} ${tour.return} · ${number(tour.km)} ${t("km")}
      ${tour.car ? html`<br />${head("car")}: ${tour.car}` : ""}
      ${others.length ? html`<br />${head("with")} ${others.join(", ")}` : ""}</p>
    <ol>${tour.stops.map((stop) => html`<li key=${stop.visit}><${MyStop} model=${model} stop=${stop} /></li>`)}</ol></article>`;
}

function MyStop({ model, stop }) {
  const visit = model.visits.get(stop.visit);
  const cooperative = model.cooperatives.get(visit.cooperative);
  return html`<div class="mystop"><b class="clock">${stop.start}–${stop.end}</b> <b>${cooperative.name}</b>
    <p class="where">${cooperative.place}</p>
    ${cooperative.point && html`<a class="quiet" href=${`geo:${cooperative.point.join(",")}?q=${cooperative.point.join(",")}(${encodeURIComponent(cooperative.name)})`}><${Icon} name="place" />${t("open_in_map")}</a>`}
    ${visit.agenda?.length > 0 && html`<p class="label">${head("agenda")}</p><ul>${visit.agenda.map((title) => html`<li key=${title}>${title}</li>`)}</ul>`}
    ${visit.board && html`<p><${Icon} name="board" /> ${t("board_meeting")}</p>`}
    ${visit.partner && html`<p>${head("partner")}: ${model.partners[visit.partner]}</p>`}
    ${stop.late > 0 && html`<p class="late">${count("late_by", stop.late)}</p>`}
    <${Reporting} visit=${stop.visit} /></div>`;
}

function Follow({ model }) {
  const [open, setOpen] = useState(false);
  return html`<section><button class="quiet" aria-expanded=${open ? "true" : "false"} onClick=${() => setOpen(!open)}>${t("my_feed")}</button>
    ${open && html`<${Feeds} model=${model} officer=${me.get().officer} />`}</section>`;
}
