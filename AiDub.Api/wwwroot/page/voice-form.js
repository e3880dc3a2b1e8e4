// A voice for everybody, for women and men, or for each speaker, chosen from what there is and heard before.

import { sentence } from './api.js';
import { askConsent, ownVoice } from './consent.js';
import { byId, h, show } from './dom.js';
import { features } from './features.js';
import { hearLine, voiceLabel, voicesOf } from './voices.js';

const people = [['*', 'Everybody'], ['female', 'Women'], ['male', 'Men'], ...[1, 2, 3, 4, 5, 6].map(n => [`S${n}`, `Speaker ${n}`])];
let rows = [];
let offered = [];
let offeredFor = null;
let clones = false;

/** Makes the choice of voices work. */
export function startVoices() {
  byId('voice-rows').addEventListener('input', draw);
  features().then(told => {
    clones = told.clones_voices;
    for (const row of rows) row.fill();
  });
  byId('to').addEventListener('change', refresh);
  byId('voice-add').addEventListener('click', () => {
    const taken = new Set(rows.map(row => row.who.value));
    const row = addRow(people.map(([value]) => value).find(value => !taken.has(value)));
    row.who.focus();
  });
  byId('options').addEventListener('toggle', refresh);
}

/** The voices that were chosen, by whom they are for; null when none was. */
export function chosenVoices() {
  const chosen = rows.map(row => [row.who.value, row.voice.value.trim()]).filter(([, voice]) => voice);
  return chosen.length ? Object.fromEntries(chosen) : null;
}

// Only once somebody looks: the list is asked of an engine.
async function refresh() {
  const lang = byId('to').value;
  if (!byId('options').open || !lang || lang === offeredFor) return;
  offeredFor = lang;
  try {
    offered = (await voicesOf(lang)).voices;
    say('');
  } catch (error) {
    [offered, offeredFor] = [[], null];
    say(`The voices could not be fetched: ${sentence(error.message)}`);
  }
  for (const row of rows) row.fill();
}

function addRow(first) {
  const who = h('select', { 'aria-label': 'Whose voice', onchange: draw }, people.map(([value, text]) => h('option', { value, selected: value === first }, text)));
  const hear = h('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false', onclick: listen }, 'Hear it');
  const row = { who, hear, voice: null, fill };
  const drop = h('button', { type: 'button', class: 'plain', onclick: () => { rows = rows.filter(other => other !== row); element.remove(); draw(); byId('voice-add').focus(); } }, 'Remove');
  const element = h('div', { class: 'voice-row' }, who, hear, drop);
  fill();
  rows.push(row);
  byId('voice-rows').append(element);
  draw();
  return row;

  // An engine that does not tell its voices takes any name.
  function fill() {
    const before = row.voice?.value ?? '';
    const next = offered.length
      ? h('select', {}, h('option', { value: '' }, 'fitting the speaker'), clones && h('option', { value: ownVoice, selected: before === ownVoice }, 'their own voice'), offered.map(v => h('option', { value: v.name, selected: v.name === before }, voiceLabel(v))))
      : h('input', { value: before, placeholder: clones ? `fitting the speaker; ${ownVoice}: their own` : 'fitting the speaker', autocomplete: 'off', spellcheck: false });
    row.voice?.remove();
    row.voice = next;
    who.after(next);
    draw();
  }

  async function listen() {
    say('');
    try {
      await hearLine({ to_lang: byId('to').value, voice: row.voice.value.trim() }, hear);
    } catch (error) {
      say(`It cannot be heard: ${sentence(error.message)}`);
    }
  }
}

function draw() {
  askConsent(chosenVoices());
  for (const row of rows) row.hear.disabled = row.voice?.value.trim() === ownVoice;
  for (const row of rows) row.voice?.setAttribute('aria-label', `Voice of ${people.find(([value]) => value === row.who.value)[1].toLowerCase()}`);
  byId('voice-add').textContent = rows.length ? 'Choose for somebody else' : 'Choose voices';
  byId('voice-add').disabled = rows.length >= people.length;
}

function say(text) {
  byId('voice-add-error').textContent = text;
  show(byId('voice-add-error'), Boolean(text));
}
