// Questions that have to be answered before something is lost.

import { h } from './dom.js';

/** Asks in a dialog; answers whether `yes` was chosen. The focus goes back to where it was. */
export function ask(title, text, yes) {
  const before = document.activeElement;
  const dialog = h('dialog', { 'aria-labelledby': 'ask-title', 'aria-describedby': 'ask-text' },
    h('form', { method: 'dialog' },
      h('h2', { id: 'ask-title' }, title),
      h('p', { id: 'ask-text', class: 'muted' }, text),
      h('div', { class: 'actions' },
        h('button', { class: 'quiet', value: 'no', autofocus: true }, 'Keep it'),
        h('button', { class: 'danger', value: 'yes' }, yes))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    if (before?.isConnected) before.focus();
    resolve(dialog.returnValue === 'yes');
  }));
}
