// Who asks: a token for this tab, or a user id where nobody is asked for one.

import { byId, show } from './dom.js';

const read = (store, key) => { try { return store.getItem(key); } catch { return null; } };
const write = (store, key, value) => { try { store.setItem(key, value); } catch { /* it lasts as long as the page */ } };

let token = read(sessionStorage, 'aidub.token');
let asking = null;

/** The bearer token, or null. */
export const currentToken = () => token;

/** The user id to send; none beside a token, which says it. */
export const currentUser = () => (token ? null : read(localStorage, 'aidub.user') ?? '1');

/** Keeps the user id for the next visit. */
export const keepUser = id => write(localStorage, 'aidub.user', id);

/** A key that no other request has; also where the page is not at a secure address, which has no randomUUID. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/**
 * Asks for a token, because the one that was sent was refused (with this error body) or there is none; answers once there is one. Where
 * another has taken its place meanwhile, that is tried first.
 */
export function askToken(refused, sent) {
  if (sent !== token) return Promise.resolve();
  asking ??= new Promise(resolve => {
    const form = byId('access');
    const field = byId('token');
    if (token && refused?.msg) byId('access-why').textContent = `Another token, please: ${refused.msg}.`;
    show(form);
    field.value = '';
    field.focus();
    form.onsubmit = event => {
      event.preventDefault();
      token = field.value.trim();
      if (!token) return field.focus();
      write(sessionStorage, 'aidub.token', token);
      show(form, false);
      show(byId('user-field'), false);
      asking = null;
      resolve();
    };
  });
  return asking;
}
