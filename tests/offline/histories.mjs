// Generated histories of two phones against the real server, with the app's own outbox and seal.
//
// node histories.mjs ADDRESS FACTS FIRST COUNT      writes one JSON line with what each note must have become
//
// One history: contacts, things to do, doors, sendings, restarts, clocks that jump, erasures, phones that are withdrawn and
// roles that end, in an order that its number decides. The network loses requests and answers, cuts both off, delivers
// twice at once, late, and out of order. A phone dies between any two steps.
import { readFile } from "node:fs/promises";
import { load } from "../../klapkarre/windows/field/tests/load.mjs";

const { Outbox } = await load("outbox.js");
const { seal } = await load("seal.js");
const [address, factsFile, first, count] = process.argv.slice(2);
const facts = JSON.parse(await readFile(factsFile, "utf8"));
const YEAR = 365 * 86_400_000;

// mulberry32: the same number gives the same history.
function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { chance: (part) => next() < part, below: (most) => Math.floor(next() * most), pick: (list) => list[Math.floor(next() * list.length)] };
}

class Killed extends Error {}

// What survives a restart. `alive` is asked before each step: a dead program changes nothing any more.
class Phone {
  constructor(token, history) {
    Object.assign(this, { token, history, disk: new Map(), skew: 0, life: 0, dieIn: Infinity });
    this.boot();
  }

  boot() {
    this.life += 1;
    this.dieIn = Infinity;
    const mine = this.life;
    const step = (work) => this.step(mine, work);
    const coupled = { organisation: facts.organisation, token: this.token, key: facts.key };
    this.outbox = new Outbox({
      store: {
        coupling: () => step(() => coupled),
        phone: () => step(() => coupled),
        add: (note) => step(() => this.disk.set(note.uuid, note)),
        remove: (uuids) => step(() => uuids.forEach((uuid) => this.disk.delete(uuid))),
        notes: () => step(() => [...this.disk.values()]),
        count: () => step(() => this.disk.size),
        renew: () => step(() => undefined),
      },
      fetch: async (path, request) => {
        await step(() => undefined);
        const answer = await this.history.network(path, request);
        await step(() => undefined);
        return answer;
      },
      seal,
      now: () => Date.now() + this.skew,
      uuid: () => crypto.randomUUID(),
    });
  }

  // Before or after each step the program may die; then neither it nor what it still runs goes on.
  async step(life, work) {
    if (life !== this.life) throw new Killed();
    this.dieIn -= 1;
    const dies = this.dieIn <= 0;
    if (dies && this.history.dice.chance(0.5)) { this.life += 1; throw new Killed(); }
    const value = await work();
    if (dies) { this.life += 1; throw new Killed(); }
    return value;
  }

  // Does this, and starts the app again when it died.
  async live(work) {
    const before = this.life;
    try {
      return await work(this.outbox);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    } finally {
      if (this.life !== before) this.boot();
    }
  }
}

class History {
  constructor(number) {
    Object.assign(this, { number, dice: dice(number), late: [], sent: [], bad: [], calm: false, shown: [], maybe: [], erased: [] });
    this.uuids = new Map(); // mark -> uuid
    this.attempts = new Set(); // marks of notes that hold no text
    this.from = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
    this.phones = [0, 1].map((at) => new Phone(facts.tokens[number * 2 + at], this));
  }

  async deliver(path, request, body = request.body) {
    const headers = { ...request.headers, "X-Forwarded-For": this.from };
    const answer = await fetch(address + path, { method: "POST", headers, body });
    const text = await answer.text();
    if (answer.status >= 500) this.bad.push(`${answer.status} ${text.slice(0, 200)}`);
    return { status: answer.status, headers: answer.headers, json: async () => JSON.parse(text), text };
  }

  async network(path, request) {
    this.sent.push([path, request]);
    if (this.calm) return this.deliver(path, request);
    const { chance, below } = this.dice;
    const lost = () => { throw new TypeError("the net is gone"); };
    switch (below(12)) {
      case 0: return lost();
      case 1: await this.deliver(path, request); return lost();
      case 2: return this.deliver(path, request, request.body.slice(0, below(request.body.length)));
      case 3: case 4: {
        const both = await Promise.all([this.deliver(path, request), this.deliver(path, request)]);
        return both[below(2)];
      }
      case 5: this.late.push([path, request]); return lost();
      case 6: return { status: 200, headers: new Headers(), json: async () => JSON.parse("<html>wifi</html>") };
      case 7: {
        const answer = await this.deliver(path, request);
        return { ...answer, json: async () => JSON.parse(answer.text.slice(0, below(answer.text.length))) };
      }
      case 8: if (chance(0.5)) await this.catchUp(); return this.deliver(path, request);
      default: return this.deliver(path, request);
    }
  }

  // Something of before arrives after all.
  async catchUp() {
    const { late } = this;
    if (late.length) await this.deliver(...late.splice(this.dice.below(late.length), 1)[0]);
  }

  async note(phone) {
    const mark = `proef-${this.number}-${this.uuids.size}`;
    this.uuids.set(mark, null);
    const { pick, below } = this.dice;
    const kind = pick(["contact", "contact", "contact", "todo", "attempt"]);
    const neighbourhood = pick(facts.neighbourhoods);
    const said = {
      contact: { setting: "straat", neighbourhood, people: 1 + below(5), themes: ["babbel"], note: mark },
      todo: { neighbourhood, word: pick(["melding", "signaal"]), text: mark },
      attempt: { door: pick(facts.doors), outcome: pick(["niet_thuis", "gesproken"]), times: [] },
    }[kind];
    const before = new Set(phone.disk.keys());
    const uuid = await phone.live((outbox) => outbox.add(kind, said));
    if (kind === "attempt") this.attempts.add(mark);
    if (uuid) this.shown.push(mark);
    else if (phone.disk.size > before.size) this.maybe.push(mark);
    this.uuids.set(mark, uuid ?? [...phone.disk.keys()].find((one) => !before.has(one)) ?? null);
  }

  // On request of somebody, as far as it is there: it never comes back.
  async erase() {
    const mark = this.dice.pick([...this.uuids.keys()]);
    const uuid = this.uuids.get(mark);
    if (!uuid) return;
    if ((await this.door("erase", { uuid, organisation: facts.organisation })).erased) this.erased.push(mark);
  }

  async event() {
    const { below, pick } = this.dice;
    const phone = pick(this.phones);
    switch (below(12)) {
      case 0: case 1: case 2: case 3: return this.note(phone);
      case 4: case 5: case 6: return phone.live((outbox) => outbox.send({ insist: true }));
      case 7: phone.dieIn = 1 + below(9); return undefined;
      case 8: phone.skew = (this.dice.chance(0.5) ? 1 : -1) * below(2 * YEAR); return undefined;
      case 9: return this.catchUp();
      case 10: return this.erase();
      default: {
        const luck = below(100);
        if (luck < 15) return this.door("withdraw", { token: phone.token });
        if (luck < 20) return this.door("leave", { token: phone.token });
        return phone.live((outbox) => outbox.send({ insist: true }));
      }
    }
  }

  async door(verb, asked) {
    return (await fetch(`${address}/_proef/${verb}`, { method: "POST", body: JSON.stringify(asked) })).json();
  }

  async run() {
    await this.note(this.phones[0]);
    for (let left = 6 + this.dice.below(14); left > 0; left -= 1) await this.event();
    while (this.late.length) await this.catchUp();
    this.calm = true;
    for (const phone of this.phones) {
      phone.dieIn = Infinity;
      for (let turn = 0; turn < 5 && phone.disk.size; turn += 1) await phone.live((outbox) => outbox.send({ insist: true }));
      if (phone.disk.size) this.bad.push(`${phone.disk.size} notes stay on the phone`);
    }
    // Long after, something that the network held back arrives once more: nothing comes of it.
    for (let again = 0; again < 2 && this.sent.length; again += 1) await this.deliver(...this.dice.pick(this.sent));
    const attempts = Object.fromEntries([...this.attempts].map((mark) => [mark, this.uuids.get(mark)]));
    const { number, shown, maybe, erased, bad } = this;
    return { number, shown, maybe, erased, bad, attempts };
  }
}

const found = [];
for (let number = Number(first); number < Number(first) + Number(count); number += 1) found.push(await new History(number).run());
process.stdout.write(JSON.stringify(found));
