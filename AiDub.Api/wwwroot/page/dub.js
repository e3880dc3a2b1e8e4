// One dub: followed to its end, shown, stopped, tried again, deleted.

import * as api from './api.js';
import { ask } from './ask.js';
import { showBusy, showRunning } from './busy.js';
import { announce, byId, show } from './dom.js';
import { features } from './features.js';
import { language } from './format.js';
import { begun, forget, keepUp, nameOf } from './history.js';
import { follow } from './progress.js';
import { hideResult, showRendering, showResult } from './result.js';
import { forgetSibling, leaveSiblings, showSiblings } from './siblings.js';

let leaving = new AbortController();
let sent = null; // { ids, file }: the browser has it already

/** Leaves what is shown now, for the dub of an id or something else; answers a signal for what comes. */
export function leave(next = null) {
  leaving.abort();
  leaving = new AbortController();
  leaveSiblings(next);
  hideResult();
  showBusy(false);
  show(byId('failure'), false);
  show(byId('cancel'), false);
  show(byId('remove'), false);
  return leaving.signal;
}

/** The name and the languages of a dub, above all else of it; what is not known yet is not shown. */
export function head(title, from, to) {
  byId('dub-title').textContent = title;
  byId('dub-languages').textContent = !to ? '' : from && from !== 'und' ? `${language(from)} → ${language(to)}` : `Into ${language(to)}`;
  document.title = `${title} · AiDub`;
}

/** Remembers the file that dubs were made of, which need not be fetched to be played. */
export const keepSent = (ids, file) => { sent = file && { ids, file }; };

/** Shows a dub, whatever its state, and stays with it until it has ended. */
export async function openDub(id, signal) {
  for (let again = false; !signal.aborted; again = true) {
    let dub;
    try {
      dub = await api.dub(id, signal);
    } catch (error) {
      if (!signal.aborted) fail(id, error);
      return;
    }
    head(nameOf(dub), dub.from_lang, dub.to_lang);
    const runs = dub.state === 'queued' || dub.state === 'running';
    actions(id, dub, runs);
    showSiblings(dub);
    if (dub.result_url) await result(dub, signal);
    if (!runs) return ended(id, dub, again);
    tell(id, dub);
    try {
      await follow(id, answer => signal.aborted || tell(id, answer), signal);
    } catch (error) {
      if (!signal.aborted) fail(id, error);
      return;
    }
  }
}

function tell(id, answer) {
  if (answer.step) begun(id);
  showRunning(answer);
  showRendering(answer.percent ?? 0);
}

function actions(id, dub, runs) {
  show(byId('cancel'), runs);
  byId('cancel').textContent = dub.result_url ? 'Stop rendering' : 'Cancel';
  byId('cancel').onclick = () => cancel(id, Boolean(dub.result_url));
  show(byId('remove'), !runs);
  byId('remove').onclick = () => remove(id);
}

async function result(dub, signal) {
  await showResult(dub, {
    original: sent?.ids.includes(dub.request_id) ? sent.file : null,
    title: nameOf(dub),
    able: await features(),
    // The same loop shows what comes of it.
    rendering: () => openDub(dub.request_id, renewed()),
    stop: () => cancel(dub.request_id, true),
    signal,
  });
}

// What is shown stays; only whoever waited for it stops.
function renewed() {
  leaving.abort();
  leaving = new AbortController();
  show(byId('failure'), false);
  return leaving.signal;
}

function ended(id, dub, again) {
  showBusy(false);
  showRendering(null);
  keepUp(dub);
  if (dub.state === 'complete') {
    if (again) announce('The dub is done.');
    return;
  }
  const cancelled = dub.error?.error_code === 'cancelled';
  const title = !dub.result_url ? (cancelled ? 'This dub was cancelled' : 'This dub did not work out')
    : cancelled ? 'The new rendering was stopped' : 'The new rendering did not work out';
  failure(title, dub.error?.msg ?? '', dub.error?.error_code ?? '', Boolean(dub.result_url));
  const until = Date.parse(dub.retryable_until ?? '');
  byId('failure').classList.toggle('calm', cancelled);
  show(byId('retry'), until > Date.now());
  byId('retry').onclick = () => retry(id);
}

function failure(title, msg, code, hasResult) {
  byId('failure').classList.remove('calm');
  byId('failure-title').textContent = title;
  byId('failure-msg').textContent = hasResult ? `${msg} What you see is the last result; nothing of it is lost.` : msg;
  byId('failure-code').textContent = code;
  show(byId('retry'), false);
  show(byId('failure'));
}

/** Shows why something that was wanted of a dub was refused. */
function fail(id, error) {
  if (!(error instanceof api.ApiError)) throw error;
  showBusy(false);
  show(byId('cancel'), false);
  failure(error.status === 404 ? 'There is no such dub' : 'That did not work out', api.sentence(error.message), error.code, false);
  if (error.status === 404) forget(id);
}

async function retry(id) {
  const signal = renewed();
  byId('dub-title').focus();
  try {
    await api.retry(id);
  } catch (error) {
    // It was sent twice because the first answer was lost, or somebody else was faster: it runs.
    if (error.code !== 'dub_not_failed') return fail(id, error);
  }
  await openDub(id, signal);
}

async function cancel(id, hasResult) {
  const yes = hasResult || await ask('Stop this dub?', 'What was done of it so far is not kept.', 'Stop it');
  if (!yes) return;
  byId('cancel').disabled = true;
  const signal = renewed();
  try {
    await api.cancel(id);
  } catch (error) {
    if (error.code !== 'dub_not_running') return fail(id, error);
  } finally {
    byId('cancel').disabled = false;
  }
  if (!hasResult) byId('dub-title').focus();
  await openDub(id, signal);
}

async function remove(id) {
  if (!await ask('Delete this dub?', 'The dubbed video, its subtitles and everything that was edited go for good.', 'Delete it')) return;
  try {
    await api.remove(id);
  } catch (error) {
    if (error.status !== 404) return fail(id, error);
  }
  forget(id);
  forgetSibling(id);
  location.hash = '';
}
