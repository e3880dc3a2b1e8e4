// The form that asks for a dub: a file or an address, a language, options.

import { byId, show } from './dom.js';
import { bytes, titleOf } from './format.js';
import { currentToken, currentUser, keepUser } from './session.js';
import { keepLanguage } from './languages.js';

const errors = { source_video_url: 'address', to_lang: 'to', from_lang: 'from', voices: 'voice', project_id: 'project', user_id: 'user' };
let file = null;

/** Makes the form work; `order` is told `{ file, title, fields }` when it is sent. */
export function startCompose(order) {
  byId('user').value = currentUser() ?? '';
  byId('project').value = 'page';
  show(byId('user-field'), !currentToken());
  byId('file').addEventListener('change', event => choose(event.target.files[0] ?? null));
  byId('file-clear').addEventListener('click', () => {
    choose(null);
    byId('file').focus();
  });
  byId('address').addEventListener('input', () => fieldError('address', null));
  takeDrops();
  byId('order').addEventListener('submit', event => {
    event.preventDefault();
    clearErrors();
    const address = byId('address').value.trim();
    if (!file && !address) return fieldError('address', 'Choose a file or paste an address first.', true);
    if (file && file.size === 0) return fieldError('file', 'This file is empty.', true);
    keepLanguage();
    if (byId('user').value.trim()) keepUser(byId('user').value.trim());
    order({ file, title: file?.name ?? titleOf(address), fields: fields(address) });
  });
}

/** Offers what only some services can do. */
export const offer = features => show(byId('subtitles-field'), features.subtitles);

/** Forgets the video that was chosen, and keeps the rest. */
export function clearSource() {
  choose(null);
  byId('address').value = '';
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
    byId('options').open ||= byId('options').contains(byId(first));
    byId(first).focus();
  } else {
    byId('order-error').textContent = `${sentence(error.message)} (${error.code})`;
    show(byId('order-error'));
  }
}

const sentence = text => `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

function fields(address) {
  const optional = {
    from_lang: byId('from').value,
    voices: byId('voice').value.trim() && { '*': byId('voice').value.trim() },
    subtitles: byId('subtitles-field').hidden ? '' : byId('subtitles').value,
  };
  return {
    source_video_url: address,
    project_id: byId('project').value.trim(),
    to_lang: byId('to').value,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)),
  };
}

function choose(chosen) {
  file = chosen;
  if (!chosen) byId('file').value = '';
  byId('drop').classList.toggle('chosen', Boolean(chosen));
  byId('file-name').textContent = chosen?.name ?? 'Choose a video';
  byId('file-more').textContent = chosen ? bytes(chosen.size) : 'or drop it here';
  show(byId('file-clear'), Boolean(chosen));
  byId('address').disabled = Boolean(chosen);
  clearErrors();
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
    if (text) byId('address').value = text.split('\n')[0].trim();
  });
}

function fieldError(id, msg, focus = false) {
  const place = byId(`${id}-error`);
  place.textContent = msg ?? '';
  show(place, Boolean(msg));
  byId(id).setAttribute('aria-invalid', String(Boolean(msg)));
  if (focus) byId(id).focus();
}

function clearErrors() {
  for (const id of ['file', ...Object.values(errors)]) fieldError(id, null);
  show(byId('order-error'), false);
}
