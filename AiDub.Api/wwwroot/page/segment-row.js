// One segment: when, what was said, what is said instead, and by whom.

import { h } from './dom.js';
import { clock } from './format.js';

/** The element of a segment. `save(index, edit)` answers the segment as it is stored then. */
export function segmentRow(segment, { voices, to_lang: toLang }, { seek, save }) {
  const name = `Segment ${segment.index + 1}`;
  const text = h('textarea', { value: segment.translation ?? '', rows: 2, lang: toLang, dir: 'auto', 'aria-label': `${name}, translation`, onchange: () => store(text, { translation: text.value.trim() }) });
  const voice = h('select', { 'aria-label': `${name}, voice`, onchange: () => store(voice, { voice: voice.value }) },
    [...new Set([segment.voice, ...(voices ?? [])])].filter(Boolean).map(v => h('option', { value: v, selected: v === segment.voice }, v)));
  const [start, end] = ['start', 'end'].map(edge => h('input', {
    type: 'number', min: 0, step: 0.05, value: segment[edge].toFixed(2), 'aria-label': `${name}, ${edge} in seconds`,
    onchange: event => store(event.target, { [edge]: Number(event.target.value) }),
  }));
  const tempo = h('span', { class: 'muted' });
  const badge = h('span', { class: 'badge changed' }, 'changed');
  const row = h('li', { class: 'segment' },
    h('div', { class: 'when' },
      h('button', { type: 'button', class: 'plain', 'aria-label': `Go to ${name.toLowerCase()}, ${clock(segment.start)}`, onclick: () => seek(segment.dub_start ?? segment.start) }, clock(segment.start)),
      segment.speaker && h('span', { class: 'muted' }, segment.speaker), badge),
    h('p', { class: 'said', dir: 'auto' }, segment.text),
    text,
    h('div', { class: 'how' }, h('label', {}, h('span', { class: 'muted' }, 'Voice'), voice),
      h('label', {}, h('span', { class: 'muted' }, 'From'), start), h('label', {}, h('span', { class: 'muted' }, 'to'), end), tempo));
  mark(segment);
  return row;

  async function store(field, edit) {
    field.setAttribute('aria-busy', 'true');
    try {
      mark(await save(segment.index, edit));
      field.removeAttribute('aria-invalid');
    } catch {
      field.setAttribute('aria-invalid', 'true');
    }
    field.removeAttribute('aria-busy');
  }

  function mark(stored) {
    badge.hidden = !stored.changed;
    tempo.textContent = stored.tempo > 0 ? `tempo ${stored.tempo.toFixed(2)}` : '';
    row.classList.toggle('is-changed', Boolean(stored.changed));
  }
}
