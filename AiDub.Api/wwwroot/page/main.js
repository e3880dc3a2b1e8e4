// The page: which part of it is shown, and what leads from one to the next.

import * as api from './api.js';
import { showBusy, showRunning, showUpload } from './busy.js';
import { clearSource, showRefusal, startCompose } from './compose.js';
import { byId, show } from './dom.js';
import { head, keepSent, leave, openDub } from './dub.js';
import { keepName, refreshHistory, startHistory } from './history.js';
import { startLanguages } from './languages.js';
import { newKey } from './session.js';

let shownId = null;

function goTo(view) {
  show(byId('compose'), view === 'compose');
  show(byId('dub'), view === 'dub');
  if (view === 'compose') document.title = 'AiDub';
}

/** Sends an order: `{ file, title, fields, bring }`, of which `bring` uploads what has to be uploaded. */
async function order({ file, title, fields, bring }) {
  const signal = leave();
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  head(title, fields.from_lang, [fields.to_lang].flat()[0]);
  goTo('dub');
  byId('dub-title').focus();
  byId('cancel').textContent = 'Cancel';
  byId('cancel').onclick = () => stop.abort();
  show(byId('cancel'));
  try {
    if (file) showUpload(0);
    await bring(fields, showUpload, both);
    showRunning({ progress: 'Status_1' });
    const answer = await api.submit(fields, newKey(), both);
    const made = answer.request_ids ?? [{ request_id: answer.request_id }];
    const ids = made.map(({ request_id: id }) => id);
    for (const id of ids) keepName(id, title);
    keepSent(ids, file);
    clearSource();
    refreshHistory();
    if (signal.aborted) return;
    shownId = answer.request_id;
    location.hash = answer.request_id;
    await openDub(answer.request_id, signal);
  } catch (error) {
    if (signal.aborted) return;
    showBusy(false);
    goTo('compose');
    if (stop.signal.aborted) return byId('submit').focus();
    if (!(error instanceof api.ApiError)) throw error;
    showRefusal(error);
  }
}

/** Shows the dub that the address names, or the form. */
async function route() {
  const id = location.hash.slice(1);
  const focused = document.activeElement?.closest('#compose, #dub');
  const signal = leave(id);
  shownId = id;
  const view = /^[0-9a-f-]{36}$/.test(id) ? 'dub' : 'compose';
  if (view === 'dub') head('Dub', null, null);
  goTo(view);
  // What had the focus is hidden with all that it was in.
  if (focused?.hidden) byId(`${view}-title`).focus();
  await (view === 'dub' ? openDub(id, signal) : refreshHistory());
}

function start() {
  byId('again').addEventListener('click', () => {
    location.hash = '';
    route();
    byId('file').focus();
  });
  addEventListener('hashchange', () => {
    // Our own change of the address, after a submission, is being shown already.
    if (location.hash.slice(1) !== shownId) route();
  });
  // What is looked at first comes first, and the page is drawn in between.
  if (location.hash) {
    route();
    setTimeout(startForm);
  } else {
    startForm();
  }
}

function startForm() {
  startCompose(order);
  startLanguages();
  startHistory();
}

start();
