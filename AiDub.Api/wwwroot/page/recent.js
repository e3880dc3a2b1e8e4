// The dubs that this browser asked for, kept in it.

import { byId, h, show } from './dom.js';
import { language, moment } from './format.js';

const key = 'aidub.recent';
const most = 12;

const read = () => {
  try { return JSON.parse(localStorage.getItem(key)) ?? []; } catch { return []; }
};
const write = dubs => {
  try { localStorage.setItem(key, JSON.stringify(dubs)); } catch { /* they last as long as the page */ }
};

/** A dub by its id, as it was last remembered. */
export const recall = id => read().find(dub => dub.id === id);

/** Remembers what is new of a dub: `{ id, title, from, to, source, uploaded, created, state, final }`. */
export function remember(dub) {
  const dubs = read();
  const before = dubs.find(known => known.id === dub.id);
  if (before) Object.assign(before, dub);
  else dubs.unshift(dub);
  write(dubs.slice(0, most));
  drawRecent();
}

/** Forgets one dub. */
export function forget(id) {
  write(read().filter(dub => dub.id !== id));
  drawRecent();
}

const states = { running: 'in progress', complete: 'done', failed: 'failed' };

/** Shows the list, or nothing while it is empty. */
export function drawRecent() {
  const dubs = read();
  show(byId('recent'), dubs.length > 0);
  byId('recent').querySelector('ul').replaceChildren(...dubs.map(dub => h('li', {},
    h('a', { href: `#${dub.id}` },
      h('span', { class: 'recent-title' }, dub.title),
      h('span', { class: 'muted' }, `${language(dub.to)} · ${moment(dub.created)}`),
      h('span', { class: `badge ${dub.state}` }, states[dub.state] ?? dub.state)))));
  byId('recent-clear').onclick = () => {
    write([]);
    drawRecent();
    byId('main').focus();
  };
}
