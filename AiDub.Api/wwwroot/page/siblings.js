// The dubs of one request for several languages: each with its state, all followed while one of them is shown.

import * as api from './api.js';
import { announce, byId, h, show } from './dom.js';
import { language } from './format.js';
import { stateOf, states } from './history.js';
import { pause } from './online.js';

const everySeconds = 1.5;
const runs = dub => dub.state === 'queued' || dub.state === 'running';

let ids = [];
let known = new Map(); // id → dub
let badges = new Map(); // id → element
let following = new AbortController();

/** Shows the dubs of the request that `dub` was made by, and follows them until all have ended; hides the list where there is one only. */
export function showSiblings(dub) {
  if ((dub.request_ids ?? []).join() !== ids.join()) begin(dub.request_ids ?? []);
  if (ids.length < 2) return;
  know(dub);
  mark(dub.request_id);
  following.abort();
  following = new AbortController();
  follow(following.signal).catch(error => { if (error.name !== 'AbortError') throw error; });
}

/** Hides the list, unless what is shown next is in it. */
export function leaveSiblings(next) {
  if (!ids.includes(next)) begin([]);
}

/** Forgets a dub that there is no more. */
export function forgetSibling(id) {
  badges.get(id)?.item.remove();
  badges.delete(id);
  known.delete(id);
}

function begin(requested) {
  following.abort();
  ids = requested;
  known = new Map();
  badges = new Map(ids.map(id => {
    const [name, badge] = [h('span', {}, '…'), h('span', { class: 'badge' })];
    const link = h('a', { href: `#${id}` }, name, ' ', badge);
    return [id, { item: h('li', {}, link), link, name, badge }];
  }));
  byId('siblings-list').replaceChildren(...[...badges.values()].map(({ item }) => item));
  show(byId('siblings'), ids.length > 1);
}

// In a narrow window the list is one line; it alone is moved, for the page may be looked at elsewhere.
function mark(current) {
  for (const [id, { link }] of badges) {
    const isCurrent = id === current;
    if (isCurrent && link.getAttribute('aria-current') !== 'page') {
      const list = byId('siblings-list');
      const [box, all] = [link.getBoundingClientRect(), list.getBoundingClientRect()];
      list.scrollLeft += box.left + box.width / 2 - all.left - all.width / 2;
    }
    link.setAttribute('aria-current', isCurrent ? 'page' : 'false');
  }
}

// One at a time: browsers open only a few connections, and the dub that is shown is told of by a stream of its own.
async function follow(signal) {
  for (;;) {
    for (const id of ids) {
      if (!badges.has(id) || (known.has(id) && !runs(known.get(id)))) continue;
      const dub = await read(id, signal);
      if (signal.aborted) return;
      if (dub) know(dub);
      else if (dub === null) forgetSibling(id);
    }
    if ([...badges.keys()].every(id => known.has(id) && !runs(known.get(id)))) return;
    await pause(everySeconds, signal);
  }
}

// Null: it was deleted; undefined: it cannot be told now, such as to who asks too often, and is asked for again.
async function read(id, signal) {
  try {
    return await api.dub(id, signal);
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    return error.status === 404 ? null : undefined;
  }
}

function know(dub) {
  const { request_id: id } = dub;
  if (!badges.has(id)) return;
  const before = known.get(id);
  const { name, badge } = badges.get(id);
  const state = stateOf(dub);
  known.set(id, dub);
  name.textContent = language(dub.to_lang);
  badge.textContent = dub.state === 'running' ? `${dub.percent} %` : states[state] ?? state;
  badge.className = `badge ${state}`;
  if (before && runs(before) && !runs(dub)) announce(`${language(dub.to_lang)}: ${states[state] ?? state}.`);
}
