// The round: which doors to go to. Only while the worker is logged in, in memory only, gone at lock: after ten minutes
// without a touch, ten minutes out of sight, or the button.
import { all, choices, chosen, make, one, refuse, whyNot } from "./dom.js";

const IDLE = 10 * 60_000;
const TICK = 15_000;
// Where one rings once more; who was spoken to is not next by itself.
const AGAIN = new Set(["", "niet_thuis"]);

// The word on the button or card with this value.
function wordFor(place, value) {
  const found = value ? one(`${place} [value="${CSS.escape(value)}"]`) : null;
  return found ? (found.closest("label") ?? found).textContent.trim() : "";
}

export class Round {
  #today = null;
  #shut = false; // by the button or by the clock: only a person opens it again, no network that comes back
  #refused = false; // logged in, with a role that notes nothing
  #door = null;
  #done = new Map(); // door -> word of what was noted here, until the server tells it
  #touched = 0;

  // keep(kind, facts), kept(kind): see forms.js; fetch and now: as everywhere; changed(): the screen may show other things;
  // store: see store.js; phone(): what the server calls this phone; say(sentence).
  constructor({ keep, kept, fetch, now, changed, store, phone, say }) {
    Object.assign(this, { keep, kept, fetch, now, changed, store, phone, say });
    for (const button of all("[data-outcomes] button")) button.addEventListener("click", () => this.#note(button));
    one("[data-which]").addEventListener("change", () => this.#show());
    for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => this.#touch(), { passive: true });
    document.addEventListener("visibilitychange", () => this.#look());
    addEventListener("pageshow", () => this.#look());
    setInterval(() => {
      this.#look();
      if (this.#shut) this.#endLogin(); // a network that says it is back is not always there at once
    }, TICK);
    one("[data-lock]").addEventListener("click", () => this.leave());
  }

  get unlocked() {
    return this.#today !== null;
  }

  get csrf() {
    return this.#today?.csrf;
  }

  // False: who is logged in here is not who coupled this phone.
  get isOwn() {
    return this.#today?.is_own !== false;
  }

  get activities() {
    return this.#today?.activities ?? null;
  }

  // A touch only counts when the ten minutes were not over: a phone that woke up is locked before it hears one.
  #touch() {
    this.#look();
    if (this.unlocked && document.visibilityState === "visible") this.#touched = this.now();
  }

  #look() {
    const away = this.now() - this.#touched;
    if (this.unlocked && (away >= IDLE || away < 0)) this.lock();
  }

  // What the server shows to who is logged in here; null when nobody is, or when her role notes nothing.
  async #ask() {
    const phone = this.phone();
    const answer = await this.fetch(`/onderweg/vandaag.json${phone ? `?telefoon=${phone}` : ""}`, {
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
    });
    this.#refused = answer.status === 403;
    if (this.#refused || answer.type === "opaqueredirect") return null;
    if (!answer.ok) throw new TypeError("not our server");
    return answer.json();
  }

  // Asks the server who is logged in here. Without network, or without a login, everything stays locked.
  async unlock() {
    let today;
    try {
      if (!(await this.#endLogin())) return;
      today = await this.#ask();
    } catch {
      return; // no network: what was open stays open until its time is over
    }
    if (!today) return this.lock();
    // News is no touch: with a network that comes and goes, ten minutes are still ten minutes.
    if (!this.unlocked) this.#touched = this.now();
    this.#today = today;
    this.#shut = false;
    // A round through several streets comes as several rows: each is walked by itself.
    const rows = this.#today.rounds.map((round, at) => [at, [round.name, round.street].filter(Boolean).join(", ")]);
    choices(one("[data-which] [data-choices]"), "round", rows, { chosen: chosen(one("#ronde"), "round") || 0 });
    this.#show();
  }

  // There is network again. What was locked stays locked.
  async back() {
    if (!this.#shut) await this.unlock();
    else await this.#endLogin();
  }

  lock() {
    this.#today = this.#door = null;
    this.#shut = true;
    this.#done.clear();
    for (const place of ["[data-doors]", "[data-which] [data-choices]", "[data-number]", "[data-before]", "[data-street]"])
      one(place).replaceChildren();
    this.#show();
  }

  // The button: also ends the login of this browser. Without network that is owed, and nothing opens before it is done.
  async leave() {
    const today = this.#today;
    this.lock();
    if (!today) return;
    await this.store.owe(today.login).catch(() => {});
    if (!(await this.#endLogin(today))) this.say("Vergrendeld. Je login stopt zodra er weer netwerk is.");
  }

  // Ends the login that was locked, when it still runs: is there nothing left to end?
  async #endLogin(known) {
    const owed = await this.store.owed().catch(() => null);
    if (!owed && !known) return true;
    try {
      const today = known ?? (await this.#ask());
      if (today && (known || today.login === owed)) {
        const answer = await this.fetch("/logout/", {
          method: "POST",
          headers: { "X-CSRFToken": today.csrf },
          credentials: "same-origin",
          redirect: "manual",
        });
        if (!answer.ok && answer.type !== "opaqueredirect") return false;
      }
    } catch {
      return false;
    }
    await this.store.owe(null).catch(() => {});
    return true;
  }

  #round() {
    return this.#today?.rounds[Number(chosen(one("#ronde"), "round"))];
  }

  #show() {
    const rounds = this.#today?.rounds ?? [];
    one("[data-locked]").hidden = this.unlocked;
    one("[data-no-rounds]").hidden = !this.unlocked || rounds.length > 0;
    one("[data-rounds]").hidden = rounds.length === 0;
    one("[data-which]").hidden = rounds.length < 2;
    one("[data-lock]").hidden = !this.unlocked;
    for (const place of all("[data-opened]")) place.hidden = !this.unlocked;
    for (const place of all("[data-closed]")) place.hidden = this.unlocked || this.#refused;
    one("[data-no-role]").hidden = !this.#refused;
    one("[data-of-colleague]").hidden = this.isOwn;
    const round = this.#round();
    if (round) {
      if (!round.doors.some((door) => door.id === this.#door)) this.#door = this.#next(round)?.id ?? null;
      this.#list(round);
    }
    this.changed();
  }

  #said(door) {
    if (this.#done.has(door.id)) return this.#done.get(door.id);
    const state = wordFor("[data-outcomes]", door.state);
    return [state, door.attempts ? `${door.attempts} keer aangebeld` : ""].filter(Boolean).join(", ");
  }

  #next(round) {
    return round.doors.find((door) => !this.#done.has(door.id) && AGAIN.has(door.state));
  }

  #list(round) {
    const number = (door) => door.number + (door.box ? ` bus ${door.box}` : "");
    const door = round.doors.find((one) => one.id === this.#door);
    one("[data-door]").hidden = !door;
    if (door) {
      one("[data-number]").textContent = `${round.street} ${number(door)}`;
      const suits = (door.times ?? []).map((time) => wordFor("[data-times]", time)).filter(Boolean);
      const times = suits.length ? `Lukt best: ${suits.join(", ").toLowerCase()}` : "";
      one("[data-before]").textContent = [this.#said(door), times].filter(Boolean).join(". ");
    }
    one("[data-street]").textContent = round.street;
    one("[data-doors]").replaceChildren(
      ...round.doors.map((door) => {
        const said = this.#said(door);
        const button = make("button", { type: "button", className: "button-plain" }, make("b", {}, number(door)), make("span", {}, said));
        if (door.id === this.#door) button.setAttribute("aria-current", "true");
        button.addEventListener("click", () => {
          this.#door = door.id;
          this.#show();
          one("[data-number]").focus();
        });
        return make("li", {}, button);
      }),
    );
  }

  async #note(button) {
    const [round, door] = [this.#round(), this.#door];
    if (!round || !door || this.busy) return;
    this.busy = true;
    refuse([]);
    try {
      const times = all("[data-times] :checked").map((input) => input.value);
      try {
        await this.keep("attempt", { door, outcome: button.value, times });
      } catch (error) {
        return refuse([[whyNot(error)]]);
      }
      this.#done.set(door, `${button.textContent.trim()} (bewaard)`);
      for (const input of all("[data-times] :checked")) input.checked = false;
      this.#door = this.#next(round)?.id ?? null;
      if (this.unlocked) this.#show();
      await this.kept("attempt");
    } finally {
      this.busy = false;
    }
  }
}
