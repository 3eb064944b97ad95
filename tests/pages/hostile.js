// What pages do to the globals, by accident or on purpose. `stolen` keeps whatever a trap got to see of the chat.
window.stolen = [];
const steal = (name) => (...seen) => {
  let text = '';
  for (const one of seen) text += ` ${one}`;
  if (/porchlight|token|conversation/i.test(text)) window.stolen.push(`${name}: ${text}`);
  throw new Error(`${name} is broken here`);
};
window.fetch = steal('fetch');
JSON.parse = steal('JSON.parse');
for (const name of ['a', 'site', 'type', 'capture', 'once', 'mode', 'token', 'name', 'accent', 'nonce', 'toJSON']) {
  Object.prototype[name] = 'polluted';
}
Array.prototype.polluted = 'polluted';
Object.assign = steal('Object.assign');
window.addEventListener('message', (event) => steal('message')(String(event.data)));
