// Dates stay `YYYY-MM-DD` strings; arithmetic is in UTC, so that no time zone shifts a day.
import { lang } from "./words.js";

const DAY = 86_400_000;
const MONTHS = {
  th: ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม",
    "พฤศจิกายน", "ธันวาคม"],
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December"],
};
const SHORT_MONTHS = {
  th: ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."],
  en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
};
const WEEKDAYS = {
  th: ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"],
  en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
};
const SHORT_WEEKDAYS = {
  th: ["จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."],
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
};

const days = (date) => Date.parse(`${date}T00:00:00Z`) / DAY;
const text = (number) => new Date(number * DAY).toISOString().slice(0, 10);
const part = (date, from, to) => Number(date.slice(from, to));

export const plus = (date, count) => text(days(date) + count);
export const between = (first, last) => days(last) - days(first);
/** The first day of the month so many months after that of a date. */
export const monthAhead = (date, count) => text(Date.UTC(part(date, 0, 4), part(date, 5, 7) - 1 + count, 1) / DAY);
/** 0 is Monday. */
export const weekday = (date) => (days(date) + 3) % 7;
export const monday = (date) => plus(date, -weekday(date));
export const today = () => ownDay(new Date());

/** The ISO week of a date, `2012-W32`. */
export function week(date) {
  const thursday = plus(monday(date), 3);
  const first = monday(`${thursday.slice(0, 4)}-01-04`);
  return `${thursday.slice(0, 4)}-W${String(Math.floor(between(first, thursday) / 7) + 1).padStart(2, "0")}`;
}

/** The Monday of an ISO week. */
export function mondayOf(name) {
  return plus(monday(`${name.slice(0, 4)}-01-04`), (Number(name.slice(6)) - 1) * 7);
}

export const weekNumber = (date) => Number(week(date).slice(6));
export const year = (date) => part(date, 0, 4) + (lang() === "th" ? 543 : 0);
export const dayOf = (date) => part(date, 8, 10);
export const shortMonth = (date) => SHORT_MONTHS[lang()][part(date, 5, 7) - 1];
export const month = (date) => `${MONTHS[lang()][part(date, 5, 7) - 1]} ${year(date)}`;
export const weekdayName = (date) => WEEKDAYS[lang()][weekday(date)];
export const shortWeekday = (date) => SHORT_WEEKDAYS[lang()][weekday(date)];

/** `1 ส.ค.` / `1 Aug`. */
export const dayMonth = (date) => `${dayOf(date)} ${shortMonth(date)}`;
/** `พ. 1 ส.ค.` / `Wed 1 Aug`. */
export const shortDate = (date) => `${shortWeekday(date)} ${dayMonth(date)}`;
/** `1 ส.ค. 2555` / `1 Aug 2012`. */
export const fullDate = (date) => `${dayMonth(date)} ${year(date)}`;
/** `วันพุธที่ 1 สิงหาคม 2555` / `Wednesday 1 August 2012`. */
export const longDate = (date) =>
  `${lang() === "th" ? `วัน${weekdayName(date)}ที่` : weekdayName(date)} ${dayOf(date)} ${month(date)}`;

/** `6–10 ส.ค. 2555`: what both ends share is said once. */
export function span(first, last) {
  if (first === last) return fullDate(first);
  if (first.slice(0, 4) !== last.slice(0, 4)) return `${fullDate(first)} – ${fullDate(last)}`;
  if (first.slice(0, 7) !== last.slice(0, 7)) return `${dayMonth(first)} – ${fullDate(last)}`;
  return `${dayOf(first)}–${fullDate(last)}`;
}

/** A day as the page writes it, `1 ส.ค. 2555`, `1 August 2012`, or as `2012-08-01`; null for anything else. */
export function readDay(text) {
  const [, number, name, of] = /^\s*(\d{1,2})\s+(\D+?)\s+(\d{4})\s*$/.exec(text) ?? [];
  const names = [...Object.values(MONTHS), ...Object.values(SHORT_MONTHS)].map((all) => all.map((one) => one.toLowerCase()));
  const at = Math.max(...names.map((all) => all.indexOf(name?.toLowerCase())));
  const parts = at >= 0 ? [Number(of) > 2400 ? Number(of) - 543 : Number(of), at + 1, Number(number)] : text.trim().split("-").map(Number);
  const date = parts.map((one) => String(one).padStart(2, "0")).join("-");
  return /^\d{4}-(0[1-9]|1[0-2])-\d\d$/.test(date) && plus(date.slice(0, 8) + "01", parts[2] - 1) === date ? date : null;
}

/** `09:30 น.` in Thai, `09:30` in English. */
export const saidTime = (time) => (lang() === "th" ? `${time.slice(0, 5)} น.` : time.slice(0, 5));

/** A time of day as `9.30`, `09:30` or `09:30 น.`, for where the service cannot be asked; null for anything else. */
export function readTime(text) {
  const [, hour, minute] = /^\s*(\d{1,2})[:.](\d\d)\s*(?:น\.?|นาฬิกา)?\s*$/.exec(text) ?? [];
  return hour !== undefined && Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, "0")}:${minute}` : null;
}

/** A moment of the service (ISO, UTC) in the reader's own time: `26 พ.ย. 2569 14:05`. */
export const moment = (iso) => inOwnTime(iso, fullDate);

/** The same within a name: this year goes without saying, and no line ends amid it, `26 พ.ย. 14:05`. */
export function momentNamed(iso) {
  const day = (date) => (date.slice(0, 4) === today().slice(0, 4) ? dayMonth(date) : fullDate(date));
  return inOwnTime(iso, day).replaceAll(" ", "\u00a0");
}

/** The reader's own day of a moment of the service, as a date. */
export const dayAt = (iso) => ownDay(instant(iso));

const instant = (iso) => new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(iso) ? iso : `${iso}Z`);
const ownDay = (at) => text(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY);

function inOwnTime(iso, day) {
  const at = instant(iso);
  return `${day(ownDay(at))} ${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}
