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
  #door = null;
  #done = new Map(); // door -> word of what was noted here, until the server tells it
  #touched = 0;

  // keep(kind, facts), kept(kind): see forms.js; fetch and now: as everywhere; changed(): the screen may show other things.
  constructor({ keep, kept, fetch, now, changed }) {
    Object.assign(this, { keep, kept, fetch, now, changed });
    for (const button of all("[data-outcomes] button")) button.addEventListener("click", () => this.#note(button));
    one("[data-which]").addEventListener("change", () => this.#show());
    for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => this.#touch(), { passive: true });
    document.addEventListener("visibilitychange", () => this.#look());
    addEventListener("pageshow", () => this.#look());
    setInterval(() => this.#look(), TICK);
    one("[data-lock]").addEventListener("click", () => this.leave());
  }

  get unlocked() {
    return this.#today !== null;
  }

  get csrf() {
    return this.#today?.csrf;
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

  // Asks the server who is logged in here. Without network, or without a login, everything stays locked.
  async unlock() {
    try {
      const answer = await this.fetch("/onderweg/vandaag.json", {
        credentials: "same-origin",
        redirect: "manual",
        cache: "no-store",
      });
      if (!answer.ok) return answer.type !== "opaqueredirect" ? null : this.lock();
      this.#today = await answer.json();
    } catch {
      return; // no network: what was open stays open until its time is over
    }
    this.#touched = this.now();
    // A round through several streets comes as several rows: each is walked by itself.
    const rows = this.#today.rounds.map((round, at) => [at, [round.name, round.street].filter(Boolean).join(", ")]);
    choices(one("[data-which] [data-choices]"), "round", rows, { chosen: chosen(one("#ronde"), "round") || 0 });
    this.#show();
  }

  lock() {
    this.#today = this.#door = null;
    this.#done.clear();
    for (const place of ["[data-doors]", "[data-which] [data-choices]", "[data-number]", "[data-before]"])
      one(place).replaceChildren();
    this.#show();
  }

  // The button: also ends the login of this browser, when there is network.
  async leave() {
    const { csrf } = this;
    this.lock();
    if (!csrf) return;
    try {
      await this.fetch("/logout/", {
        method: "POST",
        headers: { "X-CSRFToken": csrf },
        credentials: "same-origin",
        redirect: "manual",
      });
    } catch { /* No network: the login ends by itself. */ }
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
    for (const place of all("[data-closed]")) place.hidden = this.unlocked;
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
    const name = (door) => [door.street ?? round.street, door.number].filter(Boolean).join(" ") + (door.box ? ` bus ${door.box}` : "");
    const door = round.doors.find((one) => one.id === this.#door);
    one("[data-door]").hidden = !door;
    if (door) {
      one("[data-number]").textContent = name(door);
      const suits = (door.times ?? []).map((time) => wordFor("[data-times]", time)).filter(Boolean);
      const times = suits.length ? `Lukt best: ${suits.join(", ").toLowerCase()}` : "";
      one("[data-before]").textContent = [this.#said(door), times].filter(Boolean).join(". ");
    }
    one("[data-doors]").replaceChildren(
      ...round.doors.map((door) => {
        const said = this.#said(door);
        const button = make("button", { type: "button", className: "button-plain" }, make("b", {}, name(door)), make("span", {}, said));
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
      await this.keep("attempt", { door, outcome: button.value, times });
      this.#done.set(door, `${button.textContent.trim()} (bewaard)`);
      for (const input of all("[data-times] :checked")) input.checked = false;
      this.#door = this.#next(round)?.id ?? null;
      if (this.unlocked) this.#show();
      await this.kept("attempt");
    } catch (error) {
      refuse([[whyNot(error)]]);
    } finally {
      this.busy = false;
    }
  }
}
