// The form that asks for a dub: a file or an address, languages, options.

import { sentence } from './api.js';
import { consent, consentFault, forgetConsent } from './consent.js';
import { byId, show } from './dom.js';
import { askBeforeLeaving, draftsOf, dropDrafts, keepDraft } from './drafts.js';
import { startEstimate } from './estimate.js';
import { bytes, titleOf } from './format.js';
import { features } from './features.js';
import { keepLanguage } from './languages.js';
import { currentToken, currentUser, keepUser } from './session.js';
import { startSample } from './sample.js';
import { startTargets, targets } from './targets.js';
import { clearTexts, startTexts, texts } from './texts.js';
import { upload } from './upload.js';
import { chosenVoices, startVoices } from './voice-form.js';

const errors = {
  source_video_url: 'address', to_lang: 'to', from_lang: 'from', voices: 'voice-add', project_id: 'project', user_id: 'user',
  transcript: 'transcript', translation: 'translation', subtitles: 'subtitles', source_audio: 'audio-track', callback_url: 'callback',
  voice_consent: 'consent-by',
};
const kept = ['address', 'project', 'transcript', 'translation'];
let file = null;
let outdateEstimate = () => {};
let uploaded = null; // { file, address }: an estimate has sent it already

/** Makes the form work; `order` is told `{ file, title, fields, bring }` when it is sent. */
export function startCompose(order) {
  byId('user').value = currentUser() ?? '';
  byId('project').value = 'page';
  for (const id of kept) if (draftsOf('form')[id]) byId(id).value = draftsOf('form')[id];
  for (const id of kept) byId(id).addEventListener('input', () => keepDraft('form', id, byId(id).value || null));
  // What is typed is kept; a file cannot be.
  askBeforeLeaving(() => file !== null && !byId('compose').hidden);
  show(byId('user-field'), !currentToken());
  byId('file').addEventListener('change', event => choose(event.target.files[0] ?? null));
  byId('file-clear').addEventListener('click', () => {
    choose(null);
    byId('file').focus();
  });
  byId('address').addEventListener('input', () => {
    fieldError('address', null);
    forgetConsent();
  });
  byId('address').addEventListener('change', () => { byId('address').value = whole(byId('address').value); });
  takeDrops();
  startTargets();
  startVoices();
  startTexts(fieldError);
  features().then(({ callbacks }) => show(byId('callback-field'), callbacks));
  startSample(address => {
    // What was typed for another video does not belong to this one.
    clearSource();
    byId('address').value = address;
    byId('order').requestSubmit();
  });
  outdateEstimate = startEstimate(() => (check() ? { fields: fields(), bring } : null));
  byId('order').addEventListener('submit', event => {
    event.preventDefault();
    // A form can be sent by the keyboard too.
    if (byId('submit').disabled || !check()) return;
    const lacking = consentFault(chosenVoices());
    if (lacking) return fieldError('consent-by', lacking, true);
    keepLanguage();
    if (byId('user').value.trim()) keepUser(byId('user').value.trim());
    order({ file, title: file?.name ?? titleOf(byId('address').value), fields: fields(), bring });
  });
}

/** Forgets the video that was chosen and the texts that belong to it, and keeps the rest. */
export function clearSource() {
  choose(null);
  for (const id of ['address', 'audio-track']) byId(id).value = '';
  clearTexts();
  dropDrafts('form');
}

/** Shows what was refused, at the fields that it is about. */
export function showRefusal(error) {
  let first = null;
  for (const { field, msg } of error.fields) {
    const id = errors[field];
    if (!id) continue;
    fieldError(id, sentence(msg));
    first ??= id;
  }
  if (first) {
    reveal(first);
  } else {
    byId('order-error').textContent = `${sentence(error.message)} (${error.code})`;
    show(byId('order-error'));
  }
}

function reveal(id) {
  for (let within = byId(id).closest('details'); within; within = within.parentElement.closest('details')) within.open = true;
  byId(id).focus();
}

/** `www.example.com/x` is an address too. */
const whole = text => (/^[\p{L}\d-]+(\.[\p{L}\d-]+)+(:\d+)?([/?#].*)?$/u.test(text.trim()) ? `https://${text.trim()}` : text.trim());

function check() {
  clearErrors();
  const address = byId('address').value = whole(byId('address').value);
  if (!file && !address) fieldError('address', 'Choose a file or paste an address first.', true);
  else if (file && file.size === 0) fieldError('file', 'This file is empty.', true);
  else return true;
  return false;
}

function fields() {
  const optional = {
    from_lang: byId('from').value,
    source_audio: byId('audio-track').value.trim(),
    callback_url: byId('callback').value.trim(),
    voices: chosenVoices(),
    voice_consent: consent(chosenVoices()),
    subtitles: byId('subtitles').value,
    ...texts(),
  };
  return {
    source_video_url: byId('address').value,
    project_id: byId('project').value.trim(),
    to_lang: targets(),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)),
  };
}

// Uploads what the fields need, and puts in the addresses.
async function bring(into, sent, signal) {
  if (file) {
    if (uploaded?.file !== file) uploaded = { file, address: await upload(file, sent, signal) };
    into.source_video_url = uploaded.address;
  }
  for (const name of ['transcript', 'translation']) {
    if (into[name] instanceof File) into[name] = await upload(into[name], () => {}, signal);
  }
}

function choose(chosen) {
  file = chosen;
  if (!chosen) byId('file').value = '';
  byId('drop').classList.toggle('chosen', Boolean(chosen));
  byId('file-name').textContent = chosen?.name ?? 'Choose a video';
  byId('file-more').textContent = chosen ? bytes(chosen.size) : 'or drop it here';
  show(byId('file-clear'), Boolean(chosen));
  byId('address').disabled = Boolean(chosen);
  forgetConsent();
  clearErrors();
  outdateEstimate();
}

// Anywhere on the page: a browser opens in its place what is dropped beside a small target.
function takeDrops() {
  const over = shown => byId('drop').classList.toggle('over', shown);
  for (const name of ['dragenter', 'dragover']) {
    document.addEventListener(name, event => {
      event.preventDefault();
      over(true);
    });
  }
  document.addEventListener('dragleave', event => event.relatedTarget || over(false));
  document.addEventListener('drop', event => {
    event.preventDefault();
    over(false);
    if (byId('compose').hidden) return;
    const [dropped] = event.dataTransfer.files;
    if (dropped) return choose(dropped);
    const text = event.dataTransfer.getData('text/uri-list') || event.dataTransfer.getData('text/plain');
    if (!text) return;
    byId('address').value = whole(text.split('\n')[0]);
    byId('address').dispatchEvent(new Event('input', { bubbles: true }));
  });
}

function fieldError(id, msg, focus = false) {
  const place = byId(`${id}-error`);
  place.textContent = msg ?? '';
  show(place, Boolean(msg));
  byId(id).setAttribute('aria-invalid', String(Boolean(msg)));
  if (focus) reveal(id);
}

function clearErrors() {
  for (const id of ['file', ...Object.values(errors)]) fieldError(id, null);
  show(byId('order-error'), false);
}
