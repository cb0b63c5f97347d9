// Onderweg: one screen on the phone of a worker. Locked it may add, never read; without network it does the same.
import { all, make, one, refuse } from "./dom.js";
import { fill, listen } from "./forms.js";
import { Outbox } from "./outbox.js";
import { Round } from "./round.js";
import { seal } from "./seal.js";
import { openStore } from "./store.js";

const DAY = 86_400_000;
const TRY_AGAIN = 60_000;
const NEWS = { insist: true, freshen: true };
const SCREENS = ["contact", "telling", "melding", "ronde", "telefoon"];
const now = () => Date.now();

const WHY = {
  offline: "Geen netwerk. De app probeert het straks opnieuw.",
  unknown: "De server kent deze telefoon niet meer. Koppel hem opnieuw bij Telefoon. Dan vertrekt wat hier wacht.",
  later: "De server vraagt wat geduld. De app probeert het straks opnieuw.",
  refused: "De server kan iets niet lezen. Het blijft hier staan. Bel je beheerder.",
};

let store, outbox, round, coupling;

function stop(sentence) {
  one("[data-starting]").hidden = true;
  one("[data-refused]").hidden = false;
  one("[data-refused] span").textContent = sentence;
}

function say(sentence) {
  one("[data-said]").replaceChildren(make("p", { className: "notice notice-ok" }, make("span", {}, sentence)));
}

// The one screen that shows, by the end of the address, so that the button Back works.
function show() {
  const asked = location.hash.slice(1);
  const screen = coupling ? (SCREENS.includes(asked) ? asked : SCREENS[0]) : "koppelen";
  for (const id of [...SCREENS, "koppelen", "start"]) one(`#${id}`).hidden = id !== screen;
  one("[data-ways]").hidden = !coupling;
  one("[data-state]").hidden = !coupling;
  one("[data-lock-state]").hidden = !coupling;
  for (const link of all("[data-ways] a")) {
    if (link.hash === `#${screen}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${one(`#${screen} h1`).textContent} | Onderweg`;
}

// Activities of this very day: the list on the phone may be of yesterday.
function activities() {
  const today = new Date(now()).toDateString();
  const known = round?.activities ?? coupling?.activities ?? [];
  const rows = known.map((row) => (Array.isArray(row) ? row : [row.id, row.title, row.starts]));
  return rows.filter(([, , starts]) => new Date(starts).toDateString() === today);
}

async function state(done) {
  const [left, oldest] = [await outbox.count(), await outbox.oldest()];
  one("[data-all-sent]").hidden = left > 0;
  one("[data-unsent]").hidden = one("[data-send]").hidden = left === 0;
  one("[data-unsent] span").textContent = `${left} niet verstuurd`;
  one("[data-old]").hidden = oldest === null || Math.abs(now() - oldest) < DAY;
  const why = one("[data-why]");
  if (done) {
    why.hidden = !WHY[done.state] || (left === 0 && done.state !== "unknown");
    why.textContent = WHY[done.state] ?? "";
  }
  const { withdrawn } = coupling;
  one("[data-withdrawn]").hidden = !withdrawn;
  one("[data-live]").hidden = withdrawn;
  const kept = one("[data-kept]");
  if (withdrawn) kept.hidden = true;
  else if (done?.sent) kept.hidden = !done.kept;
  if (done?.kept)
    kept.lastElementChild.textContent =
      `Je team kijkt ${done.kept === 1 ? "één nota" : `${done.kept} nota's`} eerst na. Er klopte iets niet helemaal.`;
  navigator.setAppBadge?.(left).catch(() => {});
}

async function send(how = {}) {
  if (!coupling) return;
  const done = await outbox.send(how);
  coupling = (await store.coupling()) ?? coupling;
  await state(done);
  if (how.freshen && done.state === "sent") fill(coupling, activities());
  return done;
}

async function keep(kind, facts) {
  await outbox.add(kind, facts);
  if (kind === "contact") {
    const last = { setting: facts.setting, neighbourhood: facts.neighbourhood };
    coupling = { ...coupling, last };
    await store.remember(last).catch(() => {}); // the note is safe; this is only a convenience
  }
}

async function kept(kind) {
  const clock = new Date(now()).toLocaleTimeString("nl-BE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
  say(`Bewaard om ${clock} uur.`);
  if (kind !== "attempt") {
    fill(coupling, activities());
    scrollTo(0, 0);
  }
  await state();
  send();
}

// The shell of the app may be kept by the browser; the only address that this policy lets through.
async function install() {
  if (!navigator.serviceWorker) return;
  const address = document.body.dataset.worker;
  const policy = globalThis.trustedTypes?.createPolicy("klapkarre", {
    createScriptURL: (asked) => {
      if (asked === address) return asked;
      throw new TypeError("not our worker");
    },
  });
  await navigator.serviceWorker.register(policy ? policy.createScriptURL(address) : address, { scope: "/onderweg/" });
}

function offerInstall() {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    one("[data-install]").hidden = false;
    one("[data-install] button").onclick = () => event.prompt();
  });
}

async function alone(work) {
  return navigator.locks.request("onderweg", { ifAvailable: true }, (lock) => (lock ? work() : null));
}

// Once, while logged in: a token to add with, and the words to choose from. Both say nothing about anyone.
let busy = false;
async function couple() {
  if (busy) return; // a thumb that taps twice
  busy = true;
  try {
    await coupleOnce();
  } finally {
    busy = false;
  }
}

async function coupleOnce() {
  const said = (sentence) => {
    for (const place of all("[data-not-coupled]")) {
      place.hidden = !sentence;
      place.lastElementChild.textContent = sentence;
    }
  };
  said("");
  try {
    const { left, state: how } = await outbox.send({ insist: true }); // what still waits leaves as what it was
    if (left && !round.isOwn && how !== "unknown" && how !== "refused")
      return said("Hier wacht nog iets van je collega. Het moet eerst weg. Tik op Verstuur nu, en probeer dan opnieuw.");
    const before = coupling && (await store.phone(coupling.organisation))?.token;
    const answer = await fetch("/onderweg/koppelen/", {
      method: "POST",
      // The token of before: its phone ends, so that no list keeps a phone that nobody has.
      headers: { "X-CSRFToken": round.csrf, ...(before && { Authorization: `Bearer ${before}` }) },
      redirect: "manual",
      cache: "no-store",
    });
    const facts = await answer.json().catch(() => ({}));
    if (!answer.ok || !facts.token) return said(facts.error ?? "Dat lukte niet. Log opnieuw in en probeer nog eens.");
    await store.couple(facts);
  } catch (error) {
    if (error instanceof TypeError) return said("Geen netwerk. Koppelen lukt enkel met netwerk.");
    return said("Deze telefoon bewaart niets. Maak plaats vrij, of zet sitegegevens aan.");
  }
  coupling = await store.coupling();
  navigator.storage?.persist?.().catch(() => {}); // the browser then asks before it throws anything away
  history.replaceState(null, "", location.pathname);
  say("Deze telefoon is gekoppeld.");
  scrollTo(0, 0);
  await begin();
  await round.unlock();
}

// Everything that a coupled phone does.
async function begin() {
  one("[data-kept]").hidden = true;
  // So that the list says which of two of one kind this is.
  one("#telefoon a[href^='/werk/telefoons/']").search = `?telefoon=${coupling.phone}`;
  show();
  fill(coupling, activities());
  await state();
  document.body.dataset.ready = "1";
  await send(NEWS);
}

async function start() {
  install().catch(() => {}); // a browser that keeps nothing; what that means is said below
  offerInstall();
  if (!globalThis.crypto?.subtle) return stop("Deze app werkt enkel op een veilig adres (https).");
  try {
    store = await openStore();
    coupling = await store.coupling();
  } catch {
    return stop("Deze browser bewaart niets. Zet cookies en sitegegevens aan, of gebruik een gewoon venster.");
  }
  const parts = { store, fetch: (...rest) => fetch(...rest), seal, now, uuid: () => crypto.randomUUID() };
  outbox = new Outbox({ ...parts, ...(navigator.locks && { alone }) });
  listen({ keep, kept, now });
  const changed = () => coupling && fill(coupling, activities());
  round = new Round({ keep, kept, fetch: parts.fetch, now, changed, store, say, phone: () => coupling?.phone });
  addEventListener("hashchange", () => {
    refuse([]);
    one("[data-said]").replaceChildren();
    show();
    scrollTo(0, 0);
  });
  for (const button of all("[data-couple]")) button.addEventListener("click", couple);
  one("[data-send]").addEventListener("click", () => send({ insist: true }));
  addEventListener("online", () => Promise.all([send(NEWS), round.back()]));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") send(); });
  setInterval(() => send(), TRY_AGAIN);
  if (coupling) await begin();
  else show();
  await round.unlock();
}

start();
