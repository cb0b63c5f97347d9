// A phone without a screen: the app's own outbox, with a drawer that forgets what was not on the disk when it is killed.
import { load } from "./load.mjs";

export const { Outbox, NotCoupled, MOST } = await load("outbox.js");

export class Drawer {
  constructor() {
    this.disk = new Map();
    this.coupled = { organisation: 1, token: "token", version: "words", key: { id: 7, public: "-" } };
    this.full = false;
  }

  async coupling() {
    if (!this.coupled) return undefined;
    const { token, ...rest } = this.coupled;
    return rest;
  }

  async phone(organisation) {
    return this.coupled?.organisation === organisation ? this.coupled : undefined;
  }

  async add(note) {
    await null;
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    if (this.disk.has(note.uuid)) throw new DOMException("twice", "ConstraintError");
    this.disk.set(note.uuid, structuredClone(note));
  }

  async remove(uuids) {
    await null;
    for (const uuid of uuids) this.disk.delete(uuid);
  }

  async notes() {
    return [...this.disk.values()].map((note) => structuredClone(note));
  }

  async count() {
    return this.disk.size;
  }

  async renew(organisation, key, words, withdrawn) {
    this.coupled = { ...this.coupled, ...words, ...(key && { key }), withdrawn };
  }
}

export const answer = (status, body, headers = {}) => ({
  status,
  headers: new Headers(headers),
  json: async () => JSON.parse(typeof body === "string" ? body : JSON.stringify(body)),
});

// A server that keeps the first answer to a uuid, as ours does; `says` may bend its answer or throw.
export class Server {
  constructor() {
    this.stored = new Map();
    this.posts = [];
    this.says = (_notes, good) => good();
  }

  fetch = async (path, request) => {
    const body = JSON.parse(request.body);
    this.posts.push({ path, ...request, body });
    const good = () => {
      for (const { uuid, sealed } of body.notes) if (!this.stored.has(uuid)) this.stored.set(uuid, sealed);
      return answer(200, { v: 1, now: 0, key: { id: 7, public: "-" }, answers: body.notes.map(({ uuid }) => ({ uuid, status: "stored" })) });
    };
    return this.says(body.notes, good);
  };
}

let last = 0;

export function phone({ drawer = new Drawer(), server = new Server(), clock = { now: 1_700_000_000_000 }, ...more } = {}) {
  const outbox = new Outbox({
    store: drawer,
    fetch: server.fetch,
    seal: async (organisation, key, uuid, value) => ({ v: 1, key: String(key.id), ct: JSON.stringify(value) }),
    now: () => clock.now,
    uuid: () => `uuid-${String((last += 1)).padStart(6, "0")}`,
    ...more,
  });
  return { outbox, drawer, server, clock };
}
