// A user's dubs, as the service lists them, with the names that this browser knows, found by name, language or state.

import * as api from './api.js';
import { byId, h, show } from './dom.js';
import { language, moment, titleOf } from './format.js';

const key = 'aidub.names';
const mostNames = 500;
/** States as people say them. */
export const states = { queued: 'waiting', running: 'in progress', complete: 'done', failed: 'failed', cancelled: 'cancelled' };

const few = 10;

let listed = [];
let room = few;
let next = null;
let reading = null;
let page = null;
let first = Promise.resolve();

const read = () => { try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; } };
const write = names => {
  try { localStorage.setItem(key, JSON.stringify(Object.fromEntries(Object.entries(names).slice(-mostNames)))); } catch { /* names of addresses are shown */ }
};

/** What a dub is called: as its file was, else as the last part of its address. */
export const nameOf = (dub, names = read()) => names[dub.request_id] ?? titleOf(dub.source_video_url);

/** Remembers what a dub is called. */
export const keepName = (id, name) => write({ ...read(), [id]: name });

/** Forgets a dub that there is no more. */
export function forget(id) {
  const { [id]: gone, ...others } = read();
  if (gone !== undefined) write(others);
  listed = listed.filter(dub => dub.request_id !== id);
  draw();
}

/** Makes the list work, and reads it. */
export function startHistory() {
  byId('find').addEventListener('input', () => { draw(); readAll(); });
  byId('history-more').addEventListener('click', showMore);
  return refreshHistory();
}

/** Reads the list from its beginning. */
export function refreshHistory() {
  return first = readFirst();
}

/** Reads the list again unless it has a dub as it is now. */
export async function keepUp(dub) {
  await first;
  const known = listed.find(other => other.request_id === dub.request_id);
  if (!known || known.updated_at !== dub.updated_at || stateOf(known) !== stateOf(dub)) await refreshHistory();
}

/** Shows a dub as one that is worked on, which waited when the list was read; the focus stays where it is. */
export function begun(id) {
  const dub = listed.find(other => other.request_id === id);
  if (dub?.state !== 'queued') return;
  dub.state = 'running';
  const badge = byId('history-list').querySelector(`a[href="#${id}"] .badge`);
  if (badge) [badge.className, badge.textContent] = ['badge running', states.running];
}

async function readFirst() {
  reading?.abort();
  const { signal } = reading = new AbortController();
  try {
    const first = await api.dubs(null, signal);
    [listed, next] = [first.dubs, first.next_cursor ?? null];
    draw();
    await readAll();
  } catch (error) {
    if (!signal.aborted && !(error instanceof api.ApiError)) throw error;
  }
}

async function showMore() {
  const first = Math.min(room, listed.length);
  room += 50;
  if (next && listed.length < room) await readPage();
  else draw();
  byId('history-list').children[first]?.querySelector('a').focus();
}

// Answers whether there was a page to read; one at a time, however fast somebody types.
function readPage() {
  return page ??= readNext().finally(() => { page = null; });
}

async function readNext() {
  const { signal } = reading = new AbortController();
  let read;
  try {
    read = await api.dubs(next, signal);
  } catch (error) {
    if (signal.aborted || error instanceof api.ApiError) return false;
    throw error;
  }
  next = read.next_cursor ?? null;
  const known = new Set(listed.map(dub => dub.request_id));
  listed = [...listed, ...read.dubs.filter(dub => !known.has(dub.request_id))];
  draw();
  return true;
}

// What is looked for may be on a page that was not read yet.
async function readAll() {
  while (next && byId('find').value.trim() && await readPage());
}

/** The state of a dub for a person: a new rendering that was stopped leaves one that is as complete as before. */
export function stateOf(dub) {
  if (dub.error?.error_code !== 'cancelled') return dub.state;
  return dub.result_url ? 'complete' : 'cancelled';
}

const textOf = (dub, names) => [nameOf(dub, names), language(dub.to_lang), dub.to_lang, dub.project_id, states[stateOf(dub)]].join(' ').toLowerCase();

function draw() {
  const wanted = byId('find').value.trim().toLowerCase();
  const names = read();
  const found = listed.filter(dub => textOf(dub, names).includes(wanted));
  show(byId('history'), listed.length > 0);
  if (!wanted) found.length = Math.min(room, found.length);
  show(byId('history-more'), !wanted && (Boolean(next) || listed.length > found.length));
  byId('history-count').textContent = !wanted ? '' : found.length ? `${found.length} found` : 'Nothing found.';
  byId('history-count').classList.toggle('visually-hidden', found.length > 0 || !wanted);
  byId('history-list').replaceChildren(...found.map(dub => {
    const state = stateOf(dub);
    return h('li', {}, h('a', { href: `#${dub.request_id}` },
      h('span', { class: 'recent-title' }, nameOf(dub, names)),
      h('span', { class: 'muted' }, `${language(dub.to_lang)} · ${moment(dub.created_at)}`),
      h('span', { class: `badge ${state}` }, states[state] ?? state)));
  }));
}
