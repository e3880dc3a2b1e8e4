// A transcript or a translation of one's own, typed, pasted or read from a subtitle file.

import { byId } from './dom.js';
import { keepDraft } from './drafts.js';
import { features } from './features.js';

const names = ['transcript', 'translation'];
const mostBytes = 8 << 20;

// More than anybody reads through in a form.
const mostShown = 1 << 20;
let inline = 8192;

// Files that are no UTF-8, as they are: the service knows more encodings than a browser can guess; and long ones.
const asTheyAre = new Map();

/** Makes the fields work; `fault` is told what is wrong with one. */
export async function startTexts(fault) {
  for (const name of names) {
    byId(`${name}-file`).addEventListener('change', async event => {
      const [file] = event.target.files;
      event.target.value = '';
      if (!file) return;
      if (file.size > mostBytes) return fault(name, 'A subtitle file has at most 8 MB.', true);
      const text = file.size > mostShown ? null : textOf(await file.arrayBuffer());
      set(name, text ?? '', text === null ? file : null);
      keepDraft('form', name, byId(name).value);
      fault(name, null);
      byId(name).focus();
    });
    byId(name).addEventListener('input', () => {
      sentAsItIs(name, null);
      fault(name, null);
    });
  }
  // What does not fit into a request is uploaded; two of them, and everything else, share its room.
  inline = (await features()).max_body_bytes / 4;
}

/** Forgets them. */
export function clearTexts() {
  for (const name of names) set(name, '', null);
}

/** The texts that were given: short ones as they are, long ones, and those of other encodings, as files to upload. */
export function texts() {
  const given = names.map(name => [name, byId(name).value.trim()]).filter(([, text]) => text);
  return Object.fromEntries([...asTheyAre, ...given.map(([name, text]) => {
    const size = new Blob([JSON.stringify(text)]).size;
    return [name, size <= inline ? text : new File([text], `${name}${endingOf(text)}`, { type: 'text/plain' })];
  })]);
}

function set(name, text, file) {
  byId(name).value = text;
  sentAsItIs(name, file);
}

function sentAsItIs(name, file) {
  if (file) asTheyAre.set(name, file);
  else asTheyAre.delete(name);
  byId(name).placeholder = file ? `${file.name} is sent as it is.` : '';
}

// Null: it is no UTF-8.
function textOf(bytes) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

// The service reads what is in it; the ending says only that it is a subtitle file.
const endingOf = text => (text.startsWith('WEBVTT') ? '.vtt' : /^\[Script Info\]/i.test(text) ? '.ass' : /^<\?xml|^<tt/i.test(text) ? '.ttml' : '.srt');
