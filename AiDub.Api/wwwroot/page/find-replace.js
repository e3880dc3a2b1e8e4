// Which lines are shown, and words that are replaced in all of them.

import { h, show } from './dom.js';

const kinds = [['all', 'All'], ['changed', 'Changed'], ['fast', 'Too fast'], ['failed', 'Failed']];

/**
 * The bar above the lines. `changed` is told that other lines are to be shown, `replace` `(find, by)` what is to be replaced where; it
 * answers how many lines that changed, and `undo` takes it back.
 */
export function findReplace({ changed, replace, undo }) {
  let timer = null;
  const radios = kinds.map(([value, label], i) => h('label', {},
    h('input', { type: 'radio', name: 'shown-lines', value, checked: i === 0, onchange: changed }), h('span', {}, label, ' ', h('b', {}))));
  const soon = () => { clearTimeout(timer); timer = setTimeout(changed, 120); };
  const find = h('input', { type: 'search', id: 'line-find', autocomplete: 'off', spellcheck: false, oninput: soon });
  const by = h('input', { id: 'line-replace', autocomplete: 'off' });
  const exact = h('input', { type: 'checkbox', onchange: changed });
  const all = h('button', { type: 'button', class: 'quiet', disabled: true, onclick: () => act(() => replace(pattern(), by.value)) }, 'Replace all');
  const back = h('button', { type: 'button', class: 'quiet', hidden: true, onclick: () => act(undo) }, 'Undo');
  const element = h('div', { class: 'filters' },
    h('fieldset', { class: 'switch' }, h('legend', { class: 'visually-hidden' }, 'Lines to show'), radios),
    h('details', {}, h('summary', {}, 'Find and replace'),
      h('div', { class: 'row' },
        h('div', { class: 'field grow' }, h('label', { for: 'line-find' }, 'Find'), find),
        h('div', { class: 'field grow' }, h('label', { for: 'line-replace' }, 'Replace by'), by),
        h('label', { class: 'check' }, exact, ' Match case'), all, back)));

  function act(what) {
    show(back, what() > 0 && what !== undo);
    changed();
  }

  function pattern() {
    return find.value ? new RegExp(find.value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), exact.checked ? 'gu' : 'giu') : null;
  }

  return {
    element,
    get kind() { return radios.map(label => label.querySelector('input')).find(radio => radio.checked).value; },
    get pattern() { return pattern(); },
    /** Says how many lines there are of each kind, and how many have the words. */
    count(tally, found) {
      radios.forEach((label, i) => { label.querySelector('b').textContent = tally[kinds[i][0]]; });
      all.disabled = !find.value || found === 0;
      all.textContent = find.value ? `Replace all in ${found}` : 'Replace all';
    },
  };
}
