// One line: when, what was said, what is said instead, by whom, and whether it fits.

import { h, show } from './dom.js';
import { clock } from './format.js';

const pauseMs = 1500;

/** The element of a line; its `update()` shows it as it is now. `does` is what it asks for: see segments.js. */
export function segmentRow(index, does) {
  const name = `Segment ${index + 1}`;
  const { text: said, speaker, start: at } = does.wanted(index);
  let timer = null;
  const text = h('textarea', {
    rows: 2, lang: does.toLang, dir: 'auto', 'aria-label': `${name}, translation`, 'aria-describedby': `fit-${index} error-${index}`,
    oninput: () => typed('translation', text.value),
    onchange: store,
    onkeydown: event => {
      if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
      event.preventDefault();
      does.step(index, event.key === 'ArrowDown' ? 1 : -1);
    },
  });
  const voice = h('select', { 'aria-label': `${name}, voice`, onfocus: offer, onpointerdown: offer, onchange: () => { typed('voice', voice.value); store(); } });
  const [start, end] = ['start', 'end'].map(edge => h('input', {
    type: 'number', min: 0, step: 0.05, 'aria-label': `${name}, ${edge} in seconds`, 'aria-describedby': `error-${index}`,
    onchange: event => { typed(edge, Number(event.target.value)); store(); },
  }));
  const fit = h('span', { class: 'fit', id: `fit-${index}` });
  const badge = h('span', { class: 'badge' });
  const error = h('p', { class: 'error', id: `error-${index}` });
  const choice = h('div', { class: 'actions', hidden: true },
    h('button', { type: 'button', class: 'quiet small', onclick: () => does.settle(index, true) }, 'Keep mine'),
    h('button', { type: 'button', class: 'quiet small', onclick: () => does.settle(index, false) }, 'Take theirs'));
  const play = h('button', { type: 'button', class: 'plain small', 'aria-label': `▶ ${clock(at)}, play ${name.toLowerCase()}`, onclick: () => does.play(index) }, `▶ ${clock(at)}`);
  const hear = does.hear && h('button', { type: 'button', class: 'quiet small', 'aria-label': `Hear it: ${name.toLowerCase()}`, onclick: () => does.hear(index, hear) }, 'Hear it');
  const row = h('li', { class: 'segment' },
    h('div', { class: 'when' }, play, speaker && h('span', { class: 'muted' }, speaker), badge),
    h('p', { class: 'said', dir: 'auto', onclick: () => does.play(index) }, said),
    h('div', { class: 'instead' }, text, fit, error, choice),
    h('div', { class: 'how' }, h('label', {}, h('span', { class: 'muted' }, 'Voice'), voice),
      h('label', {}, h('span', { class: 'muted' }, 'From'), start), h('label', {}, h('span', { class: 'muted' }, 'to'), end), hear));
  row.update = update;
  update();
  return row;

  function typed(field, value) {
    does.type(index, field, value);
    mark();
    clearTimeout(timer);
    timer = setTimeout(store, pauseMs);
  }

  function store() {
    clearTimeout(timer);
    does.save(index);
  }

  // A list of voices is long, and few are ever opened.
  function offer() {
    if (voice.options.length > 1 || !does.voices.length) return;
    const now = voice.value;
    voice.append(...does.voices.filter(v => v !== now).map(v => h('option', { value: v }, v)));
  }

  function update() {
    const line = does.wanted(index);
    if (text.value !== (line.translation ?? '')) text.value = line.translation ?? '';
    if (voice.value !== (line.voice ?? '')) voice.replaceChildren(h('option', { value: line.voice ?? '', selected: true }, line.voice ?? 'none'));
    for (const [field, value] of [[start, line.start], [end, line.end]]) if (document.activeElement !== field) field.value = value.toFixed(2);
    mark();
  }

  function mark() {
    const { state, label, grade, words, fault, conflict } = does.look(index);
    badge.textContent = label;
    badge.className = `badge ${state}`;
    show(badge, Boolean(label));
    row.classList.toggle('is-changed', state === 'changed' || state === 'unsaved');
    fit.textContent = words;
    fit.className = `fit ${grade}`;
    error.textContent = conflict ? `Somebody else changed this to: ${conflict.theirs}` : fault?.words ?? '';
    const wrong = { voice, start, end }[conflict?.field ?? fault?.field] ?? text;
    for (const field of [text, voice, start, end]) field.setAttribute('aria-invalid', String(field === wrong && Boolean(fault || conflict)));
    show(choice, Boolean(conflict));
  }
}
