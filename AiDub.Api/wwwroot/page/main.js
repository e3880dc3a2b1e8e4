// The page: which part of it is shown, and what leads from one to the next.

import * as api from './api.js';
import { showBusy, showRunning, showUpload } from './busy.js';
import { clearSource, offer, showRefusal, startCompose } from './compose.js';
import { announce, byId, show } from './dom.js';
import { features } from './features.js';
import { language } from './format.js';
import { loadLanguages } from './languages.js';
import { follow } from './progress.js';
import { drawRecent, forget, recall, remember } from './recent.js';
import { hideResult, showResult } from './result.js';
import { upload } from './upload.js';

let work = new AbortController();
let shownId = null;
let sentFile = null; // { id, file }: the browser has it already

function leave() {
  work.abort();
  work = new AbortController();
  hideResult();
  showBusy(false);
  show(byId('failure'), false);
  return work.signal;
}

function goTo(view) {
  show(byId('compose'), view === 'compose');
  show(byId('dub'), view === 'dub');
  document.title = view === 'compose' ? 'AiDub' : `${byId('dub-title').textContent} · AiDub`;
}

// What is not known yet is not shown.
function direction(from, to) {
  if (!to) return '';
  return from && from !== 'und' ? `${language(from)} → ${language(to)}` : `Into ${language(to)}`;
}

function head(title, from, to) {
  byId('dub-title').textContent = title;
  byId('dub-languages').textContent = direction(from, to);
  show(byId('retry'), false);
  show(byId('remove'), false);
  goTo('dub');
}

async function order({ file, title, fields }) {
  const signal = leave();
  head(title, fields.from_lang, fields.to_lang);
  byId('dub-title').focus();
  try {
    if (file) {
      showUpload(0);
      fields.source_video_url = await upload(file, showUpload, signal);
    }
    showRunning({ progress: 'Status_1', attempt: 0 });
    const { request_id: id } = await api.submit(fields);
    if (signal.aborted) return;
    sentFile = file && { id, file };
    remember({ id, title, from: fields.from_lang, to: fields.to_lang, source: fields.source_video_url, created: Date.now(), state: 'running' });
    shownId = id;
    location.hash = id;
    await run(id, signal);
  } catch (error) {
    if (signal.aborted) return;
    showBusy(false);
    goTo('compose');
    refuse(error);
  }
}

// Back at the form, with what was typed.
function refuse(error) {
  if (!(error instanceof api.ApiError)) throw error;
  showRefusal(error);
}

async function run(id, signal) {
  try {
    const able = await features();
    show(byId('remove'), able.remove);
    byId('remove').textContent = 'Cancel';
    byId('remove').onclick = () => remove(id);
    await finish(id, await follow(id, answer => !signal.aborted && showRunning(answer), signal), signal);
  } catch (error) {
    if (!signal.aborted) await fail(id, error, signal);
  }
}

async function finish(id, final, signal) {
  if (signal.aborted) return;
  const known = recall(id);
  const able = await features();
  showBusy(false);
  remember({ id, title: known?.title ?? byId('dub-title').textContent, from: final.from_lang, to: final.to_lang, created: known?.created ?? Date.now(), state: 'complete', final });
  byId('dub-languages').textContent = direction(final.from_lang, final.to_lang);
  byId('remove').textContent = 'Delete';
  byId('remove').onclick = () => confirm('Delete this dub and its files?') && remove(id);
  show(byId('remove'), able.remove);
  announce('The dub is done.');
  await showResult(final, {
    original: sentFile?.id === id ? sentFile.file : final.source_video_url,
    title: known?.title ?? 'dub',
    features: able,
    rendering: () => run(id, signal),
  });
}

async function fail(id, error, signal) {
  if (!(error instanceof api.ApiError)) throw error;
  showBusy(false);
  // A new rendering that fails leaves the old result.
  if (!byId('result').hidden) announce(error.message);
  byId('failure-msg').textContent = error.message;
  byId('failure-code').textContent = error.code;
  show(byId('failure'));
  if (recall(id)) remember({ id, state: 'failed' });
  const able = await features();
  show(byId('retry'), able.retry && error.status === 500);
  byId('retry').onclick = async () => {
    show(byId('failure'), false);
    await api.retry(id).then(() => run(id, signal), refused => fail(id, refused, signal));
  };
}

async function remove(id) {
  try {
    await api.remove(id);
  } catch (error) {
    if (error.status !== 404) return fail(id, error, work.signal);
  }
  forget(id);
  location.hash = '';
}

/** Shows the dub that the address names, or the form. */
async function route() {
  const id = location.hash.slice(1);
  const signal = leave();
  shownId = id;
  if (!/^[0-9a-f-]{36}$/.test(id)) {
    clearSource();
    goTo('compose');
    return;
  }
  const known = recall(id);
  head(known?.title ?? `Dub ${id.slice(0, 8)}`, known?.from, known?.to);
  try {
    const state = await stateOf(id, known);
    if (signal.aborted) return;
    if (state.final) await finish(id, state.final, signal);
    if (state.running && !signal.aborted) await run(id, signal);
  } catch (error) {
    if (!signal.aborted) await fail(id, error, signal);
  }
}

// Asked of the service where it says, else as it was kept here. What is being rendered again has a result and is running.
async function stateOf(id, known) {
  if ((await features()).dub) {
    try {
      const dub = await api.dub(id);
      head(known?.title ?? `Dub ${id.slice(0, 8)}`, dub.from_lang, dub.to_lang);
      return { final: dub.result_url ? dub : null, running: dub.state !== 'complete' };
    } catch (error) {
      if (!error.isMissingRoute) throw error;
    }
  }
  return { final: known?.final, running: !known?.final };
}

async function start() {
  drawRecent();
  startCompose(order);
  byId('again').addEventListener('click', () => {
    if (location.hash) location.hash = '';
    else route();
    byId('file').focus();
  });
  addEventListener('hashchange', () => {
    // Our own change of the address, after a submission, is being shown already.
    if (location.hash.slice(1) !== shownId) route();
  });
  await Promise.all([
    loadLanguages().catch(error => refuse(error)),
    features().then(offer),
    location.hash ? route() : null,
  ]);
}

start();
