// Reads calendars (a JSON list of texts on standard input) with ical.js; prints the occurrences of each:
// [begin, end, title, state].
import { readFileSync } from "node:fs";

const { default: ICAL } = await import(process.argv[2]);
const moment = (time) => time.toJSDate().toISOString();

function occurrences(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const masters = [], differing = new Map();
  for (const one of calendar.getAllSubcomponents("vevent")) {
    const uid = one.getFirstPropertyValue("uid");
    if (one.hasProperty("recurrence-id")) differing.set(uid, [...(differing.get(uid) ?? []), one]);
    else masters.push(one);
  }
  const found = [];
  const add = (item, begin, end) =>
    found.push([moment(begin), moment(end), item.summary, item.component.getFirstPropertyValue("status")]);
  for (const one of masters) {
    const event = new ICAL.Event(one, { exceptions: differing.get(one.getFirstPropertyValue("uid")) ?? [] });
    if (!event.isRecurring()) add(event, event.startDate, event.endDate);
    else for (let times = event.iterator(), time = times.next(); time; time = times.next()) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(time);
      add(item, startDate, endDate);
    }
  }
  return found;
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(occurrences)));
